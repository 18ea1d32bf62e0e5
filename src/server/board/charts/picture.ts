// A chart as a stand-alone picture for places that cannot show SVG: title, legend and drawing, in English.
import type { Chart } from './figure.ts';
import { at, svgText } from './figure.ts';

const width = 720;
const padding = 20;
const headHeight = 58;
const scale = 1.5;

/** The colours of the board's light scheme: on a white background they are legible in any surroundings. */
const colours: Readonly<Record<string, string>> = {
  'm-downloadsAll': '#0f766e',
  'm-downloads': '#0f766e',
  'm-likes': '#b91c1c',
  'm-derivatives': '#6d28d9',
  'm-stars': '#b45309',
  'm-forks': '#1d4ed8',
  'v-open-data-model': '#15803d',
  'v-open-weights-free-licence': '#0f766e',
  'v-open-weights-limited': '#b45309',
  'v-research-only': '#6d28d9',
  'v-gated': '#1d4ed8',
  'v-closed': '#b91c1c',
};
const grey = '#6b7280';

const style = [
  'text { font-family: "DejaVu Sans"; fill: #111827; }',
  '.tick { font-size: 12px; fill: #4b5563; }',
  '.grid { stroke: #e5e7eb; stroke-width: 1; }',
  '.axis { stroke: #9ca3af; stroke-width: 1; }',
  `.fill { fill: ${grey}; }`,
  `.line { fill: none; stroke: ${grey}; stroke-width: 2.2; }`,
  ...Object.entries(colours).map(
    ([name, tone]) => `.fill.${name} { fill: ${tone}; } .line.${name} { stroke: ${tone}; }`,
  ),
].join(' ');

function legendOf(chart: Chart): string {
  let x = padding;
  return (chart.legend ?? [])
    .map(({ classes, label }) => {
      const name = classes.split(' ').at(-1) ?? '';
      const mark = `<rect x="${at(x)}" y="42" width="11" height="11" rx="2" fill="${colours[name] ?? grey}"/>`;
      const text = `<text class="tick" x="${at(x + 16)}" y="52">${svgText(label)}</text>`;
      // The approximate width of a character at a font size of 12.
      x += 16 + label.length * 7.4 + 18;
      return mark + text;
    })
    .join('');
}

/** `name`: the subject of the chart. */
export function pictureSvg(chart: Chart, name: string): string {
  const drawing = chart.draw(width - 2 * padding);
  const height = headHeight + drawing.height + padding;
  const title = `<text x="${padding}" y="28" font-size="16" font-weight="bold">${svgText(`${name}: ${chart.title}`, 70)}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><style>${style}</style><rect width="${width}" height="${height}" fill="#ffffff"/>${title}${legendOf(chart)}<g transform="translate(${padding} ${headHeight})">${drawing.content}</g></svg>`;
}

/** As PNG. The native library is loaded when the first picture is made; rejects where it is not installed. */
export async function png(svg: string, fontFile: string): Promise<Uint8Array> {
  const { renderAsync } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: false, fontFiles: [fontFile], defaultFontFamily: 'DejaVu Sans' };
  const drawn = await renderAsync(svg, { font, fitTo: { mode: 'zoom', value: scale } });
  return drawn.asPng();
}
