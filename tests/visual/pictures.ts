/** What runs inside the page: pictures are made, read and compared by the browser that draws them. */

/** How fonts are drawn here: widths of some words in both scripts, to a hundredth of a pixel. */
export function fontsOf(): string {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return '';
  const family = getComputedStyle(document.body).fontFamily;
  const widths = ['43 months', 'First delivery since November', 'مضايا', '٤٣ شهراً', '1,307–1,336'];
  return widths
    .flatMap((words) =>
      ['400 13px', '700 21px'].map((font) => {
        context.font = `${font} ${family}`;
        return context.measureText(words).width.toFixed(2);
      }),
    )
    .join(' ');
}

/** A PNG as a small WebP. Both as base64. */
export async function toWebp(png: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  canvas.getContext('2d')?.drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.6).split(',')[1] ?? '';
}

/** How many pixels are clearly another colour; another size is all of them. */
export async function compared([old, now]: readonly [string, string]): Promise<number> {
  const pixels = async (source: string): Promise<ImageData | undefined> => {
    const image = new Image();
    image.src = source;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0);
    return context?.getImageData(0, 0, canvas.width, canvas.height);
  };
  const before = await pixels(`data:image/webp;base64,${old}`);
  const after = await pixels(`data:image/png;base64,${now}`);
  if (!before || !after) return 1_000_000;
  if (before.width !== after.width || before.height !== after.height) return 1_000_000;
  let other = 0;
  for (let at = 0; at < after.data.length; at += 4) {
    const away = Math.max(
      ...[0, 1, 2].map((part) => Math.abs(before.data[at + part]! - after.data[at + part]!)),
    );
    // what a small file loses, and how an edge is smoothed, is less than this
    if (away > 96) other += 1;
  }
  return other;
}
