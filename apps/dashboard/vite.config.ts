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
    // What comes before the first number, kB; other pages are pieces of their own.
    chunkSizeWarningLimit: 400,
    rolldownOptions: {
      treeshake: {
        // Only says what crosses a wire: what nobody asks for of it is left out, with the libraries behind it.
        moduleSideEffects: (id) => !id.includes('/libs/contracts/'),
      },
    },
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
