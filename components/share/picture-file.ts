import { rgbOf } from '../map/canvas/rgb'

/** Browsers draw no larger canvas; the scale goes down before this is passed. */
const maxSide = 8_192
const maxPixels = 48_000_000

/** The picture as the text of a file: colours as the theme has them now, in a form that every program reads. */
export function svgText(picture: SVGSVGElement): string {
  const style = getComputedStyle(document.documentElement)
  const known = new Map<string, string>()
  const settled = (value: string) =>
    value.replace(/var\((--[\w-]+)\)/g, (_, token: string) => {
      const colour = known.get(token) ?? hex(style.getPropertyValue(token))
      known.set(token, colour)
      return colour
    })
  for (const element of picture.querySelectorAll('*'))
    for (const name of element.getAttributeNames())
      element.setAttribute(name, settled(element.getAttribute(name) ?? ''))
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(picture)}\n`
}

/** The picture as PNG at twice its size; less where a browser could not draw it, which `scale` says. Throws where it cannot be drawn. */
export async function pngOf(picture: SVGSVGElement): Promise<{ readonly blob: Blob; readonly scale: number }> {
  const [width, height] = [Number(picture.getAttribute('width')), Number(picture.getAttribute('height'))]
  const scale = Math.min(2, maxSide / width, maxSide / height, Math.sqrt(maxPixels / (width * height)))
  const address = URL.createObjectURL(new Blob([svgText(picture)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (!blob) throw new Error('the browser could not draw the picture')
    return { blob, scale }
  } finally {
    URL.revokeObjectURL(address)
  }
}

const hex = (colour: string): string =>
  `#${rgbOf(colour.trim())
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
