import type { SectionContent } from './case-content.ts';
import { bullets, h, p, quotation, table } from './prose.ts';

/** 3 and 4. */
export const larkfieldLeading: readonly SectionContent[] = [
  {
    section: '3',
    by: ['second', 'first', 'editor'],
    fields: {
      arrangement: ['critical-mass', 'university-partnership'],
      collaborators: [
        {
          role: 'Coach and learner, pilot pair',
          position: 'Year 5 teacher, mathematics lead',
          external: 'no',
          did:
            'Made the tally; drew up the first card; coached and was coached throughout; now helps new pairs through ' +
            'their first round.',
          skills: 'Counting what can be counted; asking without hinting.',
          strengths: 'Dry humour about her own lessons.',
        },
        {
          role: 'Coach and learner, pilot pair',
          position: 'Year 2 teacher, in her eleventh year here',
          external: 'no',
          did: 'Coached and was coached throughout; rewrote the card for the youngest classes.',
          skills: 'Waiting. Hearing what a six-year-old means.',
          strengths: 'Trusted by colleagues who do not like initiatives.',
        },
        {
          role: 'Sponsor',
          position: 'Deputy head, professional development',
          external: 'no',
          did:
            'Found the time, took classes herself, protected the privacy of the card, matched later pairs by asking ' +
            'each teacher for two names.',
          skills: 'Timetabling; saying no to well-meant additions.',
          strengths: 'Content not to know.',
        },
        {
          role: 'Critical friend',
          position: 'Tutor in education at a nearby university',
          external: 'yes',
          did:
            'Two half-days a year: taught the say-it-back habit, brought readings when asked, sat in on one debrief a ' +
            'year and spoke only about how the talk had gone.',
          skills: 'Facilitation; knowledge of research on classroom talk.',
          strengths: 'Answers a question with a better one.',
        },
      ],
      networks: [
        {
          network: 'Estuary cluster of five primary schools',
          gave: 'A termly meeting of those who coach; a grant of £1,500 in the first year; two schools that tried the card and argued with it.',
        },
        {
          network: 'University partnership',
          gave: 'The tutor’s time, in kind, and library access for two teachers.',
        },
      ],
      'meetings-regular': 'yes',
      'meetings-form': 'both',
      'time-found':
        'One staff meeting in each half-term was given up for planning in pairs. Cover is 25 minutes at a time, by ' +
        'teaching assistants who know the class and, for one visit in three, by the deputy. Debriefs are after ' +
        'school; in exchange, the weekly bulletin replaced a Wednesday briefing.',
      'set-off-by': ['evidence', 'impetus'],
      'starting-point':
        'The tally of autumn 2023, and the frustration of two teachers with training that had changed what they knew ' +
        'and not what they did.',
      adaptations:
        'Published peer-coaching cycles that they read assumed an hour’s observation and a written record. They kept ' +
        'the cycle, cut the observation to what can be covered, and left the record with the person observed.',
      'new-knowledge':
        'That in this school the rescue comes within two seconds; that it begins with the word “so”; that children go ' +
        'on talking to each other when the teacher makes a gesture and does not speak.',
      outputs: [
        {
          output: 'The card, fifth version',
          use: 'Used in every observation. Two schools nearby have taken it up; one has added a line.',
          copies: 'yes',
        },
        { output: 'The round on one page', use: 'Given to new staff and visitors.', copies: 'yes' },
        {
          output: 'Margin notes on fractions',
          use: 'Being gathered for the scheme of work; teachers say it is the only part that they read on a Sunday.',
          copies: 'no',
        },
      ],
      'other-views':
        'The deputy describes the pilot as her decision, taken late. The two teachers describe it as theirs, allowed ' +
        'early. A governor remembers approving it. All three accounts are kindly meant.',
    },
    prose: [
      p(
        'Nobody leads the coaching at Larkfield, in the sense of being in charge of it, and for a while we took this ' +
          'for modesty. It is closer to a design. There is a sponsor, who makes room; there are two teachers who went ' +
          'first and whom others ask; and there is a tutor who comes twice a year and is careful to leave.',
      ),
      h('What the deputy does'),
      p(
        'She is the only person who knows all the pairs, and she knows nothing else. At the start of each year every ' +
          'teacher gives her two names, of people by whom they would be content to be watched, and she makes the ' +
          'pairs from those. Three times she has had to ask for a third name. She keeps the timetable of visits, ' +
          'takes classes so that they can happen, and has twice turned down a request from outside for *samples*.',
      ),
      quotation(
        '“My job is to be the one person in the building who never says ‘I hear you had an interesting lesson.’” (deputy head)',
      ),
      p(
        'The head’s part is smaller, and he says so with some pride. “I find the cover, and then I stay out of the ' +
          'room,” he told us. He has been in one of the conversations, as a guest, and was asked to take the notes.',
      ),
      h('What the tutor does'),
      p(
        'The university tutor has been coming since the second half-term. She does not train anyone. She hears a ' +
          'debrief, with leave, and afterwards tells the pair what she noticed about the conversation and not about the ' +
          'lesson. In the first year that was chiefly how much the coach talked.',
      ),
      table(
        ['', 'Spring 2024', 'Spring 2025', 'Spring 2026'],
        ['Debriefs heard by the tutor', '2', '4', '4'],
        ['Share of the talk that was the coach’s', '61%', '44%', '35%'],
        ['Questions asked by the coach', '5', '9', '8'],
      ),
      p(
        'The figures are averages of very few conversations, and she would be the first to say so. But the pairs know ' +
          'them by heart.',
      ),
      h('More than one view'),
      p(
        'We spoke to the two teachers apart and together, to the deputy, the head, four members of other pairs, two ' +
          'teaching assistants, the tutor (by telephone) and eleven children. They differ on who thought of it. They ' +
          'agree, without having been asked, on what would kill it:',
      ),
      bullets('the card being collected', 'the card being collected, but only for a good reason'),
    ],
    prompts: {
      'who-does-what': 'answered',
      skills: 'answered',
      position: 'answered',
      strengths: 'answered',
      networks: 'answered',
      outsiders: 'answered',
      meetings: 'answered',
      time: 'answered',
      'starting-point': 'answered',
      adapting: 'answered',
      'new-knowledge': 'answered',
      outputs: 'answered',
      perspectives: 'answered',
    },
    status: 'agreed',
    statusBy: 'lead',
  },
  {
    section: '4-facts',
    school: 'larkfield',
    by: ['contact', 'first'],
    fields: {
      description:
        'A two-storey brick school from the 1950s with a newer wing, between the old town and the estates on the ' +
        'marsh road. Children come from all three, and from the caravan park, where some families stay for a winter ' +
        'and some for good.',
      roll: { figure: '318', year: '2025/26', source: 'School census, autumn' },
      'free-meals': { figure: '97', year: '2025/26', source: 'School census, autumn' },
      'special-needs': { figure: '52', year: '2025/26', source: 'School census, autumn' },
      'ethnic-composition': [
        { group: 'White British', share: { figure: '71', year: '2025/26', source: 'School census' } },
        {
          group: 'Other White background',
          share: { figure: '11', year: '2025/26', source: 'School census' },
        },
        { group: 'Mixed background', share: { figure: '7', year: '2025/26', source: 'School census' } },
        { group: 'Black African', share: { figure: '6', year: '2025/26', source: 'School census' } },
        { group: 'Other', share: { figure: '5', year: '2025/26', source: 'School census' } },
      ],
      'age-range': '3 to 11',
      size: 'medium',
      'well-off':
        'Mixed, and changing. The port and the hospital are the large employers. Rents rose when the marsh road ' +
        'estates were built, and the school’s food shelf, begun for one winter, is in its fourth.',
      'home-school':
        'A reading café on Fridays; a home visit to each child who joins the nursery; a parents’ forum that meets in ' +
        'the evening and, since last year, also at the caravan park.',
      teachers: { figure: '17', year: '2025/26', source: 'School office' },
      'support-staff': { figure: '21', year: '2025/26', source: 'School office' },
      'other-staff': { figure: '9', year: '2025/26', source: 'School office' },
      learners: { figure: '17', year: '2025/26', source: 'Deputy head' },
      classes: { figure: '12', year: '2025/26', source: 'School office' },
      'subjects-involved': 'Mathematics first; since 2025 also reading and science',
      performance: [
        {
          measure: 'Reading, writing and mathematics at 11, expected standard',
          result: '64%',
          year: '2025',
          source: 'School’s own figures',
        },
        { measure: 'The same', result: '58%', year: '2023', source: 'School’s own figures' },
        { measure: 'Attendance', result: '93.8%', year: '2024/25', source: 'School’s own figures' },
      ],
      began: 'Spring term 2024',
      scale:
        'One pair in the spring of 2024, four pairs in 2024/25, all seventeen teachers in 2025/26: seven pairs and a ' +
        'group of three.',
      area: 'suburban',
      'other-characteristics': 'The nursery is shared with a playgroup that rents a room on two mornings.',
    },
    prose: [
      p(
        'Larkfield is the kind of school that people who work there describe by its noise: cheerful, rarely quiet, ' +
          'audible from the road. The coaching reaches every class, the nursery included, and every teacher. Teaching ' +
          'assistants have asked whether they might have partners too; the school would like that and has not yet ' +
          'found the time.',
      ),
      p(
        'Two things about it bear on this case. Staff stay: half of the teachers have been there for more than eight ' +
          'years. And the building helps. Year 2 and Year 5 share a corridor and a sink.',
      ),
    ],
    prompts: {
      beforehand: 'answered',
      community: 'answered',
      scale: 'answered',
      timescale: 'answered',
      particular: 'ask',
    },
    assignee: 'second',
    dueInDays: 7,
  },
  {
    section: '4-culture',
    by: ['first', 'second'],
    fields: {
      experience:
        'The head has been in post for nine years and taught in the school before that. The deputy came from a school ' +
        'in which observation was graded, and says that she arrived with “a clipboard in my head”.',
      beliefs:
        'That people get better at what they are trusted with. Both say it; the deputy acts on it more easily.',
      innovation:
        'Mixed. A reading scheme (2017) took root; a tracking system (2019) was dropped after a year and is still ' +
        'mentioned.',
      'collegial-talk': 'yes',
      barriers:
        'Memory of graded observation. A strong habit of kindness, which for a term kept anybody from saying anything ' +
        'of use.',
      incentives:
        'Time that is really given. And, in one teacher’s words, “being asked what I think about something I’m good at”.',
      structure:
        'Head, deputy, three phase leaders. Decisions are talked through in phases and taken on Mondays.',
      'risk-taking': 'yes',
      consultative: 'yes',
      modelling: 'yes',
    },
    prose: [
      p(
        'For ourselves: the head’s distance from the coaching is deliberate and costs him something. He asked us twice, ' +
          'lightly, whether we had seen anything that he should know. We said that we had seen nothing that he should ' +
          'not be proud of.',
      ),
      p(
        'The deputy had herself observed first, by the newest teacher in the school, on playground duty. Everyone ' +
          'mentions it. If the case study can say only one thing about leadership, it should be that; but it is hers to ' +
          'tell, and we have not asked.',
      ),
    ],
    prompts: {
      experience: 'answered',
      beliefs: 'answered',
      innovation: 'answered',
      'collegial-talk': 'answered',
      barriers: 'answered',
      incentives: 'answered',
      management: 'ask',
      risk: 'answered',
      consulting: 'ask',
      modelling: 'answered',
    },
    assignee: 'first',
  },
];
