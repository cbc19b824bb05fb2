import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

// Features never import each other, the kit knows neither feature nor backend, and only wails.ts knows the bindings.
const rooms = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: group.map((name) => ({ regex: name, message })) }] },
});

export default ts.config(
  { ignores: ['dist/', 'wailsjs/', 'src/lib/i18n/keys.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // Nothing that came from outside is ever markup.
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'off',
      // Addresses are made by the page's own router, after #.
      'svelte/no-navigation-without-resolve': 'off',
      // A $effect that reads state without using it says so with void.
      '@typescript-eslint/no-unused-expressions': 'error',
    },
  },
  rooms(['src/**'], ['wailsjs/'], 'Only lib/backend/wails.ts imports the bindings.'),
  rooms(
    ['src/lib/ui/**'],
    ['wailsjs/', 'features/', 'backend/', 'context', 'i18n/'],
    'The kit knows no feature, no backend and no words.',
  ),
  rooms(
    ['src/features/**'],
    ['wailsjs/', '/features/', '/screens/', '^\\.\\./(?!\\.\\./)'],
    'Features never import each other.',
  ),
  { files: ['src/lib/backend/wails.ts'], rules: { 'no-restricted-imports': 'off' } },
);
