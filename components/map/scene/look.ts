import { textHash } from '@/core/text/text-hash'
import type { Box, Point } from '../camera/camera'

/** A node in short: an address has no room for ids, and these need only differ within one map. */
export type Tag = string

export const tagOf = (id: string): Tag => textHash(id).toString(36)

/** The part of the map that is seen, held to a node: places may differ where it is opened. */
export type Sight = { readonly tag: Tag; readonly box: Box }

/** Parameters of links that say how the map lay and what of it was seen; panning does not write them. */
export const lookNames = ['look', 'pins', 'places'] as const

/** More would make an address that nobody passes on. */
const mostPins = 60
const mostPlaces = 200
/** Pixels at zoom 1; no layout reaches so far. */
const farthest = 1_000_000

const whole = (text: string | undefined): number => (/^-?\d{1,7}$/.test(text ?? '') ? Number(text) : Number.NaN)
const isNear = (value: number) => Math.abs(value) <= farthest

/** `1k3f9_-120_340_900_600`: a node, the middle of what is seen from there, and how much is seen. */
export const sightText = ({ tag, box: { x, y, width, height } }: Sight): string =>
  [tag, ...[x, y, width, height].map(Math.round)].join('_')

/** null for anything else than `sightText` writes. */
export function parseSight(text: string): Sight | null {
  const [tag = '', ...rest] = text.split('_')
  const [x = Number.NaN, y = Number.NaN, width = 0, height = 0] = rest.map(whole)
  if (!isTag(tag) || rest.length !== 4 || ![x, y].every(isNear) || !(width >= 1 && height >= 1)) return null
  return { tag, box: { x, y, width, height } }
}

const isTag = (text: string) => /^[0-9a-z]{1,7}$/.test(text)

/** `1k3f9_-120_340.x9_10_20`. */
export const placesText = (places: ReadonlyMap<Tag, Point>): string =>
  [...places].map(([tag, [x, y]]) => `${tag}_${Math.round(x)}_${Math.round(y)}`).join('.')

/** null for anything else than `placesText` writes, and for more places than it would. */
export function parsePlaces(text: string): Map<Tag, Point> | null {
  const parts = text.split('.')
  if (parts.length > mostPlaces) return null
  const places = new Map<Tag, Point>()
  for (const part of parts) {
    const [tag = '', xText, yText, ...more] = part.split('_')
    const [x, y] = [whole(xText), whole(yText)]
    if (!isTag(tag) || more.length > 0 || !isNear(x) || !isNear(y)) return null
    places.set(tag, [x, y])
  }
  return places
}

type Placed = { readonly id: string; readonly x: number; readonly y: number }

/** What of the map is seen, held to the node nearest to its middle; null without nodes. `box` is in the map's own places. */
export function sightOf(box: Box, nodes: readonly Placed[]): Sight | null {
  let nearest: Placed | null = null
  let least = Infinity
  for (const node of nodes) {
    const distance = Math.hypot(node.x - box.x, node.y - box.y)
    if (distance < least) [nearest, least] = [node, distance]
  }
  return nearest && { tag: tagOf(nearest.id), box: { ...box, x: box.x - nearest.x, y: box.y - nearest.y } }
}

/** Where that is among other places; null where the node is not there. */
export function boxOf({ tag, box }: Sight, nodes: readonly Placed[]): Box | null {
  const node = nodes.find(({ id }) => tagOf(id) === tag)
  return node ? { ...box, x: node.x + box.x, y: node.y + box.y } : null
}

/** The parameters of a drawn map: nothing where all of it is seen and nothing is pinned. `seen` is null where the viewer chose no part. */
export function lookParams(
  nodes: readonly Placed[],
  pinned: ReadonlySet<string>,
  seen: Box | null,
): Partial<Record<(typeof lookNames)[number], string>> {
  const sight = seen && sightOf(seen, nodes)
  const held = nodes.filter(({ id }) => pinned.has(id))
  const text = (some: readonly Placed[]) =>
    placesText(new Map(some.map(({ id, x, y }) => [tagOf(id), [x, y] as const])))
  return {
    ...(sight && { look: sightText(sight) }),
    ...(held.length > 0 && { pins: text(held.slice(-mostPins)) }),
    // Where the rest lies depends on how it came there: with pins, a small map is kept as it lies.
    ...(held.length > 0 && nodes.length <= mostPlaces && { places: text(nodes) }),
  }
}
