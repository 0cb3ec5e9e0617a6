import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../docs/wire.md', import.meta.url), 'utf8');

/** The content of the code block that begins with three backticks and this, as in ```` ```json frame ````. */
export function example(mark: string): string {
  const [, content] = text.split(`\`\`\`${mark}\n`);
  const end = content?.indexOf('\n```') ?? -1;
  if (content === undefined || end < 0) throw new Error(`docs/wire.md has no example ${mark}`);
  return content.slice(0, end);
}

export function jsonExample(mark: string): unknown {
  return JSON.parse(example(`json ${mark}`));
}

/** The cells of the rows of all tables, without their Markdown. */
export const rows: readonly string[][] = text
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
  );

/** The number in a cell such as `16,384`. */
export function numberIn(cell: string | undefined): number {
  return Number(cell?.replaceAll(',', ''));
}
