import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { clean } from '@/core/text/text'
import { boundsOf } from '../map/camera/camera'
import type { Drawn } from '../map/scene/drawn'
import { MapSvg } from '../map/svg/map-svg'
import { createCamera } from '../map/renderer'

const ns = 'http://www.w3.org/2000/svg'
const font = 'Geist, Inter, system-ui, sans-serif'
const margin = 16
const lineHeight = 16

/** What stands above and below the map. */
export type Frame = {
  readonly title: string
  /** Small lines under the title: time, filter, what is left out. */
  readonly lines: readonly string[]
  /** The legend as it is on the page; null without. */
  readonly legend: Element | null
}

/**
 * The whole drawn map as one SVG element that needs nothing else: drawn by the map's own SVG renderer at
 * zoom 1, without motion and without what only the pointer needs. Colours stay CSS variables; `withColours`
 * settles them for files.
 */
export function mapPicture(drawn: Drawn, frame: Frame): SVGSVGElement | null {
  const bounds = boundsOf(drawn.scene.nodes)
  if (!bounds) return null
  const head = margin + 20 + frame.lines.length * lineHeight
  const stage = stageOf(drawn, margin - bounds.x0, head + margin - bounds.y0)
  if (!stage) return null
  const width = Math.max(640, Math.ceil(bounds.x1 - bounds.x0) + 2 * margin)
  const top = head + margin + Math.ceil(bounds.y1 - bounds.y0)
  const legend = legendOf(frame.legend, width)
  const height = top + legend.height + margin
  const svg = make('svg', { viewBox: `0 0 ${width} ${height}`, width, height, 'font-family': font, 'font-size': 11 })
  const words = [frame.title, ...frame.lines].map(visible)
  svg.append(
    text('title', {}, words.join('. ')),
    make('rect', { width, height, fill: 'var(--canvas)' }),
    text('text', { x: margin, y: margin + 12, 'font-size': 15, 'font-weight': 600, fill: 'var(--fg)' }, words[0] ?? ''),
    ...words
      .slice(1)
      .map((line, i) => text('text', { x: margin, y: margin + 30 + i * lineHeight, fill: 'var(--fg-2)' }, line)),
    stage,
  )
  for (const item of legend.items) {
    item.setAttribute('transform', `translate(${item.dataset.x} ${top + Number(item.dataset.y)})`)
    item.removeAttribute('data-x')
    item.removeAttribute('data-y')
    svg.append(item)
  }
  tidy(svg)
  return svg
}

function stageOf(drawn: Drawn, x: number, y: number): SVGGElement | null {
  const box = document.createElement('div')
  const root = createRoot(box)
  flushSync(() => root.render(<MapSvg {...drawn} camera={createCamera({ x, y, k: 1 })} beat={0} />))
  const stage = box.querySelector<SVGGElement>('svg > g')?.cloneNode(true)
  root.unmount()
  return stage instanceof SVGGElement ? stage : null
}

/** The legend's items in lines, each a group that knows its place. */
function legendOf(legend: Element | null, width: number): { items: SVGGElement[]; height: number } {
  const items: SVGGElement[] = []
  let [x, y] = [margin, lineHeight]
  for (const item of legend?.children ?? []) {
    const words = visible(item.textContent ?? '')
    const sample = item.querySelector('svg')
    const room = sample ? Number(sample.getAttribute('width') ?? 0) + 6 : 0
    const length = room + words.length * 5.9 + 18
    if (x + length > width && x > margin) [x, y] = [margin, y + lineHeight]
    const group = make('g', { 'data-x': x, 'data-y': y })
    if (sample) {
      const drawing = make('g', { transform: 'translate(0 -8)' })
      drawing.append(...[...sample.children].map((child) => child.cloneNode(true)))
      group.append(drawing)
    }
    group.append(text('text', { x: room, fill: 'var(--fg-2)' }, words))
    items.push(group)
    x += length
  }
  return { items, height: items.length === 0 ? 0 : y + 4 }
}

/** Takes away what needs the page's style sheet or its pointer. */
function tidy(svg: SVGSVGElement): void {
  for (const element of svg.querySelectorAll('.oriel-walk, .oriel-pulse, [fill=transparent], [stroke=transparent]'))
    element.remove()
  for (const element of svg.querySelectorAll<SVGElement>('*')) {
    if (element.classList.contains('oriel-caption')) element.setAttribute('font-size', '10.5')
    const move = /translate\((-?[\d.]+)px, (-?[\d.]+)px\)/.exec(element.style.transform)
    if (move) element.setAttribute('transform', `translate(${move[1]} ${move[2]})`)
    for (const name of element.getAttributeNames())
      if (name === 'class' || name === 'style' || name.startsWith('data-') || name.startsWith('aria-'))
        element.removeAttribute(name)
    for (const node of element.childNodes) if (node instanceof Text) node.data = visible(node.data)
  }
}

const visible = (value: string): string => clean(value, 300)

function make<N extends keyof SVGElementTagNameMap>(name: N, attributes: Readonly<Record<string, string | number>>) {
  const element = document.createElementNS(ns, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}

function text<N extends 'text' | 'title'>(
  name: N,
  attributes: Readonly<Record<string, string | number>>,
  words: string,
) {
  const element = make(name, attributes)
  element.textContent = words
  return element
}
