/**
 * What one socket may ask of the service (INPUT-1). What goes beyond a bound
 * costs its own socket, or its own room, and nobody else's.
 */
import { SOFT_BLOCK_CHARACTERS } from '../../shared/document/block-parts.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** One frame. The largest block, sent whole after a day offline, stays below it. */
export const MAX_MESSAGE_BYTES = 4 * MIB;
/** One control message: an open with the longest room name is not a tenth of it. */
export const MAX_CONTROL_BYTES = 1 * KIB;
/** y-websocket messages packed in one frame; the page packs a handful. */
export const MAX_MESSAGES_PER_FRAME = 256;
/** Bytes of updates of one frame that are taken one after another; after so many, others come first. */
export const MAX_TAKEN_AT_ONCE = 256 * KIB;

/** A case of a whole authority with a dozen schools has about sixty rooms. */
export const MAX_ROOMS_PER_SOCKET = 256;
/** A page follows its case, its study and what is set for its person. */
export const MAX_TOPICS_PER_SOCKET = 32;
/** All sockets of the process; each costs about 13 kB before it has said a word. */
export const MAX_SOCKETS = 5_000;

/** Of one person: a program with a socket for each of a thousand rooms, twice. One person takes not all of them. */
export const MAX_SOCKETS_PER_PERSON = 2_000;
/**
 * Rooms that one person may open over time, by all sockets together: each is decided in the database, and some
 * are read from it, so that so many cost about a fifth of a core. Above it their sockets are read more slowly.
 */
export const OPENINGS_PER_SECOND = 200;
/** Several tabs of a case of sixty rooms after the line broke; a program with as many sockets. */
export const OPENINGS_AT_ONCE = 1_000;
/** What was read at once of many sockets is waited for no longer than five seconds. */
export const OPENINGS_OWED = 5 * OPENINGS_PER_SECOND;
/** What cannot be read, or is refused for good, costs so much as this many openings: an honest page sends it once. */
export const OPENINGS_PER_ERROR = 5;
/** Opened within one turn of the loop, of all sockets: about ten milliseconds' work. What is more waits for the next. */
export const OPENINGS_PER_TURN = 25;
/** Frames of one message; browsers send large messages in a few hundred. */
export const MAX_FRAGMENTS = 1_024;
/** Pieces in which one frame may arrive: four MiB in the smallest packets that networks make. */
export const MAX_PIECES_OF_FRAME = 16_384;
/** Of one person, what waits for the end of its message: two of the largest on a slow line, in two tabs. */
export const MAX_UNFINISHED_BYTES = 2 * MAX_MESSAGE_BYTES;

/**
 * Messages that a socket may send over time; above it is read more slowly, never punished. A program that
 * writes as fast as it is answered, twenty at a time beside nine others, stays below; so many cost a twentieth
 * of a core, since a turn writes them together.
 */
export const MESSAGES_PER_SECOND = 5_000;
/** A page that opens sixty rooms at once sends some two hundred; a burst of typing adds less. */
export const MESSAGES_AT_ONCE = 2_000;
/** Bytes that a socket may send over time. */
export const BYTES_PER_SECOND = 2 * MIB;
/** Several whole blocks after a day offline. */
export const BYTES_AT_ONCE = 16 * MIB;

/** Messages that wait, per socket, while its rooms are still loading. */
export const MAX_WAITING_BYTES = 8 * MIB;
/** Bytes that were sent to a socket and not yet taken by it. A reader that stopped reading costs no more. */
export const MAX_BUFFERED_BYTES = 8 * MIB;
/** Bytes accepted and not yet on disk; above it, whoever writes is read again after the next batch. */
export const MAX_QUEUED_BYTES = 32 * MIB;
/** Writes of one channel that arrived out of order of their acknowledgement. */
export const MAX_UNSETTLED_WRITES = 10_000;

/** What a block may hold, in UTF-16 code units; four times what the page allows. */
export const HARD_BLOCK_CHARACTERS = 4 * SOFT_BLOCK_CHARACTERS;
/** Client ids within one update; a device that was reloaded offline has one per reload. */
export const MAX_CLIENTS_PER_UPDATE = 1_000;
/** Structs, and deleted ranges, within one update; so many take about 45 ms to inspect. A paste that fills a block has 20,000. */
export const MAX_STRUCTS_PER_UPDATE = 45_000;
/** Deleted ranges that an update may name: all of a block's life, as a SyncStep2 does; a busy block has some thousand. */
export const MAX_DELETIONS_PER_UPDATE = 200_000;
/** Elements within elements: a table in a quote in twenty lists, each in the one before, has fifty. */
export const MAX_DEPTH = 128;
/** One run of structs; nobody types sixteen million characters. */
export const MAX_STRUCT_LENGTH = 2 ** 24;
/** Clocks stay exact and comparable far below this. */
export const MAX_CLOCK = 2 ** 31 - 1;
/** A value, a mark or the name of a type within an update, UTF-16 code units. */
export const MAX_VALUE_CHARACTERS = 64 * KIB;
/** Values within values: a cell's column widths are one; Yjs and exports write them by recursion. */
export const MAX_VALUE_DEPTH = 32;
/** Root names and keys: `field/<group>/<row>/<field>` with the longest ids. */
export const MAX_KEY_CHARACTERS = 256;
/** Updates that build on what the server never had: two tabs and a lost packet make one or two. */
export const GAPS_PER_MINUTE = 20;

/**
 * Steps that Yjs may need to find the places of what a room accepted since that was last tried: so many take
 * about half a second. Somebody who types on needs none, a paste of a thousand paragraphs into a large block
 * five million.
 */
export const MAX_UNTRIED_STEPS = 2_000_000;
/** What merging may take, alone on a processor; a block at its hard limit takes a fifth of it. */
export const MERGE_WITHIN_MS = 1_500;
/** What one member may send behind an update that is being tried: some minutes of typing; more is asked for again. */
export const MAX_BYTES_BEHIND_TRIAL = 64 * KIB;

/** What looking at an update of somebody who may only suggest may take; for a long section it is some 20 ms. */
export const REVIEW_WITHIN_MS = 1_000;
/** What they may send at once; a day offline in one section is less. */
export const MAX_SUGGESTED_BYTES = 256 * KIB;
/** Updates that wait behind one that is looked at; what is more is asked for again, all in one. */
export const MAX_WAITING_REVIEWS = 16;
/** Of the time, so much at most goes into looking at what one member sends. */
export const REVIEW_SHARE = 1 / 2;

/** One presence state as JSON, UTF-16 code units: a caret and a name are 300. */
export const MAX_PRESENCE_CHARACTERS = 2 * KIB;
/** Presence states in one message: one's own and those that a client saw time out. */
export const MAX_PRESENCE_ENTRIES = 256;
/** Awareness client ids of one socket in one room: one, or two after Yjs changed it. */
export const MAX_PRESENCE_IDS = 4;
/** Presence messages of one channel over time; a fast typist moves the caret ten times a second. */
export const PRESENCE_PER_SECOND = 25;
export const PRESENCE_AT_ONCE = 50;

/** A room is kept for whoever comes straight back (a reload, a dropped connection). */
export const UNLOAD_AFTER_MS = 10_000;
/** A block that could not be loaded is not tried again at once for every joiner. */
export const LOAD_RETRY_AFTER_MS = 2_000;
/** Text of open rooms that is kept in memory for whoever comes next, bytes over all rooms. */
export const SHELF_BYTES = 64 * MIB;
/** A room in which so much was written since its text was read reads it again from disk, where it is folded. */
export const MAX_SHELVED_UPDATES = 400;
/** … or so many bytes, most of which may be deleted by now. */
export const MAX_SHELVED_BYTES = 2 * MIB;
/**
 * Bytes of a block's text from which what takes time by its length is done on a thread of its own: so many are
 * twice what the page allows, and take 50 ms.
 */
export const LARGE_BLOCK_BYTES = 512 * KIB;
/** An update that is merged with others where it arrives: some hundred structs. */
export const SMALL_UPDATE_BYTES = 1 * KIB;
/** So many of them at once, and so many bytes, which take some milliseconds. */
export const MERGED_AT_ONCE_UPDATES = 256;
export const MERGED_AT_ONCE_BYTES = 64 * KIB;
/** What was written since a snapshot and is read beside it, rather than all together on a thread of its own. */
export const READ_BESIDE_BYTES = 128 * KIB;
/** Log rows after which the state is folded into a snapshot, so that loads stay short: mostly some hundred rows. */
export const FOLD_AFTER_ROWS = 200;
/** … or so many bytes of them: large values that replace each other fill a log with what is deleted. */
export const FOLD_AFTER_BYTES = 1 * MIB;
/**
 * A block is folded for so small a share of the time, at the dearest: a large one in which much is written
 * keeps a longer log rather than the thread busy.
 */
export const FOLDING_SHARE = 1 / 20;
/** … and however long a fold took, not more than so long after it, */
export const FOLDS_APART_AT_MOST_MS = 10_000;
/** … nor when so many times the rows of a fold were written since: a thousand rows are read in some milliseconds. */
export const FOLDS_LEFT_OUT_AT_MOST = 5;
/** A room that unloads with fewer rows than this since the last snapshot leaves them as they are. */
export const FOLD_AT_UNLOAD_ROWS = 20;

/** Silence after which a socket is told that it lives; the page and the stock provider give up after 30 s. */
export const ALIVE_AFTER_MS = 10_000;
/** A socket that did not answer the last of these is gone: presence ends within a minute. */
export const PING_EVERY_MS = 20_000;
/** How often sockets are looked over for both. */
export const SWEEP_EVERY_MS = 2_500;
/** What a socket may send that is closing because it is nobody's: what was under way, and its own goodbye. */
export const MAX_UNHEARD_BYTES = 64 * KIB;
/** How long a closing socket may take before it is cut. */
export const CLOSE_WITHIN_MS = 2_000;
/** How long a stop waits for the disk before it names what is not saved. */
export const STOP_WITHIN_MS = 10_000;
/** How long a stop folds what was written, so that it opens sooner the next time. */
export const FOLD_AT_STOP_WITHIN_MS = 3_000;
/** Attempts to write without the right to are told to the log this rarely, per socket. */
export const AUDIT_EVERY_MS = 60_000;

/** Log rows that are replayed to say where hidden words stood and who hid them. */
export const MAX_INQUIRY_ROWS = 100_000;
/** Rows per step of that replay; the loop turns in between. */
export const INQUIRY_PAGE_ROWS = 500;
/** Text kept on either side of hidden words, UTF-16 code units. */
export const HIDDEN_WORDS_CONTEXT = 160;

/** A window of a block's history closes so long after its first row, or when it holds so much. */
export const WINDOW_MS = 30 * 60_000;
export const WINDOW_ROWS = 2_000;
export const WINDOW_BYTES = 1 * MIB;
/** Log rows read at a time to see whether a window closes. */
export const COMPACTION_PAGE_ROWS = 250;
/** A block whose compaction failed is left alone for so long, and twice as long each time that it fails again. */
export const COMPACTION_RETRY_AFTER_MS = 60_000;
export const COMPACTION_RETRY_AT_MOST_MS = 60 * 60_000;
/** Quiet after a write before its block is looked at: whether an editor can hold it. */
export const SHAPE_CHECK_AFTER_MS = 500;
/** However much is written meanwhile, it is looked at so long after the first of it. */
export const SHAPE_CHECK_AT_LATEST_MS = 5_000;
/** Between the checks of two blocks. */
export const SHAPE_CHECK_REST_MS = 20;
/** What could not be mended is tried again. */
export const SHAPE_RETRY_AFTER_MS = 30_000;
/** Places that one edit puts right, so that it stays below the bounds of an update. */
export const SHAPE_FAULTS_PER_EDIT = 10_000;
