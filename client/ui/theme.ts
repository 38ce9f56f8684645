import { createTheme, type MantineColorsTuple, type VariantColorsResolver } from '@mantine/core';

const petrol: MantineColorsTuple = [
  '#eef6f6',
  '#e3efef',
  '#c3dfdf',
  '#a0cdce',
  '#7fc3c4',
  '#57a5a8',
  '#3a8388',
  '#276c73',
  '#1d5c63',
  '#123f44',
];

/** The variables of tokens.css for every kind of button, so that both schemes come from one place. */
const colours: VariantColorsResolver = ({ variant, color }) => {
  const danger = color === 'red';
  const strong = danger ? 'var(--bad)' : 'var(--accent)';
  const soft = danger ? 'var(--bad-soft)' : 'var(--accent-soft)';
  switch (variant) {
    case 'filled':
      return {
        background: strong,
        hover: `color-mix(in srgb, ${strong} 88%, var(--ink))`,
        color: danger ? 'var(--surface)' : 'var(--accent-ink)',
        border: '1px solid transparent',
      };
    case 'light':
      return { background: soft, hover: soft, color: strong, border: '1px solid transparent' };
    case 'subtle':
    case 'transparent':
      return {
        background: 'transparent',
        hover: 'var(--sunk)',
        color: danger ? 'var(--bad)' : 'var(--soft)',
        border: '1px solid transparent',
      };
    default:
      return {
        background: 'var(--surface)',
        hover: 'var(--sunk)',
        color: danger ? 'var(--bad)' : 'var(--ink)',
        border: '1px solid var(--line)',
      };
  }
};

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 8, dark: 4 },
  colors: { accent: petrol },
  fontFamily: 'var(--tool)',
  headings: { fontFamily: 'var(--text)', fontWeight: '600' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver: colours,
  components: {
    Button: { defaultProps: { variant: 'default', size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
  },
});

/**
 * Props for `MantineProvider` besides the theme: no style elements (the page's
 * content security policy allows none; theme.css sets the variables instead).
 */
export const providerProps = {
  theme,
  defaultColorScheme: 'auto',
  withCssVariables: false,
  withGlobalClasses: false,
} as const;
