import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const station = 'http://127.0.0.1:8080';

// oxlint-disable-next-line import/no-default-export -- Vite asks for one
export default defineConfig({
  root: path('.'),
  plugins: [react()],
  resolve: { alias: { '@app/contracts': path('../../libs/contracts/src/index.ts') } },
  build: {
    outDir: path('../../dist/apps/dashboard'),
    emptyOutDir: true,
    target: 'es2022',
    // Everything from files of our own: the station's content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // In one piece, kB: a screen that hangs for months must not look for a part of a version that is gone.
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': station,
      '/health': station,
      '/socket.io': { target: station, ws: true },
    },
  },
});
