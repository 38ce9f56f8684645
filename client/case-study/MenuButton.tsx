import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './MenuButton.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  /** Present: one of a set, chosen or not. */
  readonly checked?: boolean;
  /** Why it cannot be done now; the item stays reachable so that it can be read. */
  readonly unavailable?: string | null;
  /** A keyboard shortcut, as shown. */
  readonly keys?: string;
  readonly danger?: boolean;
  /** A line above it. */
  readonly apart?: boolean;
  readonly act: () => void;
}

/**
 * A button with a menu. The browser's own popover draws it above everything and
 * closes it; a page has dozens of these, and each is one plain button until it is opened.
 */
export function MenuButton(props: {
  /** The button's content. */
  readonly children: ReactNode;
  /** The button's name, where its content is not enough to hear. */
  readonly label?: string;
  readonly className?: string | undefined;
  readonly items: readonly MenuItem[];
  readonly disabled?: boolean;
  readonly align?: 'start' | 'end';
}) {
  const [open, setOpen] = useState<'first' | 'last' | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open ? menuId : undefined}
        disabled={props.disabled}
        onClick={() => setOpen(open ? null : 'first')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          if (event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          setOpen(event.key === 'ArrowDown' ? 'first' : 'last');
        }}
      >
        {props.children}
      </button>
      {open && button.current && (
        <MenuSheet
          id={menuId}
          label={props.label}
          items={props.items}
          begin={open}
          align={props.align ?? 'start'}
          button={button.current}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** The menu of a button that is open: drawn only then, and it takes the focus until it closes. */
export function MenuSheet(props: {
  readonly id: string;
  readonly label: string | undefined;
  readonly items: readonly MenuItem[];
  readonly begin: 'first' | 'last';
  readonly align: 'start' | 'end';
  readonly button: HTMLElement;
  readonly onClose: () => void;
}) {
  const menu = useRef<HTMLDivElement>(null);
  const { button, align, begin, onClose } = props;
  const closing = useRef(onClose);
  useEffect(() => {
    closing.current = onClose;
  });

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    element.showPopover();
    placeBeside(element, button, align);
    const items = itemsOf(element);
    (begin === 'first'
      ? (items.find((item) => item.ariaChecked === 'true') ?? items[0])
      : items.at(-1)
    )?.focus();
    const onToggle = (event: Event) => {
      if ((event as ToggleEvent).newState === 'closed') closing.current();
    };
    const onScroll = () => placeBeside(element, button, align);
    element.addEventListener('toggle', onToggle);
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element.removeEventListener('toggle', onToggle);
      window.removeEventListener('scroll', onScroll);
      if (element.contains(document.activeElement)) button.focus({ preventScroll: true });
    };
  }, [button, align, begin]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const items = menu.current ? itemsOf(menu.current) : [];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const to = (index: number) => {
      event.preventDefault();
      items[(index + items.length) % items.length]?.focus();
    };
    switch (event.key) {
      case 'ArrowDown':
        return to(at + 1);
      case 'ArrowUp':
        return to(at - 1);
      case 'Home':
        return to(0);
      case 'End':
        return to(items.length - 1);
      case 'Tab':
        return onClose();
      default: {
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.key === ' ') return;
        const letter = event.key.toLowerCase();
        const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
        after.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
      }
    }
  };

  return (
    <div
      ref={menu}
      id={props.id}
      className={styles.menu}
      role="menu"
      popover="auto"
      tabIndex={-1}
      aria-label={props.label ?? button.textContent ?? undefined}
      onKeyDown={onKeyDown}
    >
      {props.items.map((item) => (
        <div key={item.id} role="none">
          {item.apart && <div className={styles.line} role="none" />}
          {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: a radio in a menu is checked, a plain item is not */}
          <button
            type="button"
            tabIndex={-1}
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            aria-disabled={item.unavailable ? true : undefined}
            className={`${styles.item} ${item.danger ? styles.danger : ''}`}
            onClick={() => {
              if (item.unavailable) return;
              button.focus({ preventScroll: true });
              onClose();
              item.act();
            }}
          >
            <span className={styles.tick} aria-hidden="true">
              {item.checked ? '✓' : ''}
            </span>
            <span>{item.label}</span>
            {item.keys ? <span className={styles.hint}>{item.keys}</span> : <span />}
            {item.unavailable && <span className={styles.note}>{item.unavailable}</span>}
          </button>
        </div>
      ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement): HTMLButtonElement[] {
  return [...menu.querySelectorAll<HTMLButtonElement>('button')];
}

/** Below the button, or above where there is more room; always inside the view. */
export function placeBeside(element: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const from = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = element;
  const left = align === 'start' ? from.left : from.right - width;
  const below = from.bottom + 4;
  const top =
    below + height > window.innerHeight - 8 && from.top - height - 4 > 8 ? from.top - height - 4 : below;
  element.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  element.style.top = `${Math.max(8, top)}px`;
}
