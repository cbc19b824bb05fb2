import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from '@testing-library/svelte/vite';
import { catalogue } from './scripts/catalogue.mjs';
import { components } from './scripts/components.mjs';
import { fragments } from './scripts/fragments.mjs';
import { icons } from './scripts/icons.mjs';
import { runtime } from './scripts/runtime.mjs';
import { smaller } from './scripts/smaller.mjs';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [icons(), runtime(), svelte(), svelteTesting(), components(), fragments(), catalogue(), smaller()],
  // The catalogue lies beside the Go code that embeds it.
  server: { fs: { allow: ['..'] } },
  build: {
    outDir: 'dist',
    // dist/.gitkeep is tracked: Go embeds the folder and must find it in a fresh clone. public/ puts it back.
    emptyOutDir: true,
    target: ['es2022', 'safari16', 'chrome110'],
    // The content policy allows no inline script and no data: address for one.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Two scripts: what Today needs, and all the rest. Smaller pieces would compress far worse, and load no sooner.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } } },
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // Nothing leaks between files that the setup does not clear, and starting one environment is what takes time.
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
  },
});
