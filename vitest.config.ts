import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/assembly.ts'],
    testTimeout: 240_000,
    hookTimeout: 120_000,
    // Two cores: the city of an integration test has threads of its own.
    maxWorkers: 2,
  },
});
