import { element } from './element.ts';

const THEMES = ['system', 'light', 'dark'] as const;

/** Chooses between light, dark and what the system has. */
export function themeSwitch(): HTMLElement {
  const radios = THEMES.map((theme) => {
    const radio = element('input', { type: 'radio', name: 'theme', value: theme, checked: theme === 'system' });
    radio.addEventListener('change', () => {
      document.documentElement.dataset.theme = theme;
    });
    return element('label', {}, radio, element('span', {}, theme.charAt(0).toUpperCase() + theme.slice(1)));
  });
  return element('fieldset', { class: 'theme' }, element('legend', {}, 'Colours'), ...radios);
}
