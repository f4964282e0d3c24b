import type { Camera, Size } from '../camera/camera'
import type { Tone } from './edge-style'

/** Colours as the theme has them now. */
export type Palette = Readonly<
  Record<
    Tone | 'canvas' | 'panel' | 'raised' | 'hover' | 'line' | 'line-strong' | 'fg' | 'fg-2' | 'fg-3' | 'accent',
    string
  >
> & {
  readonly font: string
}

const tokens = [
  'quiet',
  'ok',
  'warn',
  'bad',
  'audit',
  'unknown',
  'canvas',
  'panel',
  'raised',
  'hover',
  'line',
  'line-strong',
  'fg',
  'fg-2',
  'fg-3',
  'accent',
] as const

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element)
  const colours = Object.fromEntries(tokens.map((token) => [token, style.getPropertyValue(`--${token}`).trim()]))
  return { ...colours, font: style.fontFamily } as Palette
}

/** Zoom below which regions stand for their nodes, and from which labels are drawn. */
export const farZoom = 0.26
export const nearZoom = 0.5
/** The part of the scene that is seen, with a margin. */
export type Extent = { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number }

export const extentOf = ({ x, y, k }: Camera, size: Size): Extent => ({
  x0: -x / k - 60,
  y0: -y / k - 60,
  x1: (size.width - x) / k + 60,
  y1: (size.height - y) / k + 60,
})
