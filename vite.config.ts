/** The client's build, and the page server of `npm run dev`, which passes the API and the sockets on to the real server. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The port of the server started beside it by scripts/dev.mjs.
const server = `http://127.0.0.1:${process.env['PORT'] ?? '8000'}`;

export default defineConfig({
  root: 'client',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Offices run Chromium of several years ago; see docs/caveats.md for what this covers.
    target: 'chrome87',
    cssTarget: 'chrome87',
    // Everything is served from the unit's own machine under a policy that allows no inline scripts or data URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
  },
  server: {
    proxy: {
      // What lies below /api on the server; the client's own modules in client/api are asked for under the same name.
      '^/api/(?!.*\\.tsx?(?:\\?|$))': { target: server },
      '/sync': { target: server, ws: true },
    },
  },
});
