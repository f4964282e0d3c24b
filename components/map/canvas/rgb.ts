let pixel: OffscreenCanvasRenderingContext2D | null | undefined

/** Red, green and blue, 0..1, of any colour that CSS knows. */
export function rgbOf(colour: string): readonly [number, number, number] {
  pixel ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
  if (!pixel) return [0.5, 0.5, 0.5]
  pixel.fillStyle = colour
  pixel.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = pixel.getImageData(0, 0, 1, 1).data
  return [r / 255, g / 255, b / 255]
}
