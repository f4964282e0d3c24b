import { type EdgeEffect, type EffectName, effectNames, type WhatIf } from '@/core/policy/what-if/answer'

export type PlacedNode = { readonly name: string; readonly x: number; readonly y: number }
export type PlacedEdge = {
  readonly id: string
  readonly effect: EffectName
  readonly from: PlacedNode
  readonly to: PlacedNode
  readonly edge: EdgeEffect
}
export type AffectedLayout = {
  readonly width: number
  readonly height: number
  readonly nodes: readonly PlacedNode[]
  /** Those that are affected come last, to be drawn above the others. */
  readonly edges: readonly PlacedEdge[]
  /** How many affected edges there was no room for. */
  readonly left: number
}

export const nodeSize = { width: 148, height: 20 } as const
const gap = { column: 60, row: 6 } as const
/** More of them are not told apart in the room there is. */
const mostAffected = 18
const mostOthers = 6

/** Callers left, callees right, who is both between them; affected edges and a few that stay as they were. */
export function affectedLayout(effects: WhatIf['effects']): AffectedLayout {
  const affected = effectNames
    .filter((name) => name !== 'unaffected')
    .flatMap((effect) => effects[effect].shown.map((edge) => ({ effect, edge })))
  const chosen = [
    ...effects.unaffected.shown.slice(0, mostOthers).map((edge) => ({ effect: 'unaffected' as const, edge })),
    ...affected.slice(0, mostAffected),
  ]
  const calls = new Set(chosen.map(({ edge }) => edge.from.name))
  const called = new Set(chosen.map(({ edge }) => edge.to.name))
  const names = [...new Set([...calls, ...called])]
  const columns = [
    names.filter((name) => !called.has(name)),
    names.filter((name) => calls.has(name) && called.has(name)),
    names.filter((name) => !calls.has(name)),
  ].filter((column) => column.length > 0)
  const rows = Math.max(0, ...columns.map(({ length }) => length))
  const step = nodeSize.height + gap.row
  const placed = columns.flatMap((column, c) =>
    column.map((name, r): PlacedNode => ({
      name,
      x: c * (nodeSize.width + gap.column),
      y: ((rows - column.length) / 2 + r) * step,
    })),
  )
  const byName = new Map(placed.map((node) => [node.name, node]))
  return {
    width: columns.length * (nodeSize.width + gap.column) - gap.column,
    height: rows * step,
    nodes: placed,
    edges: chosen.flatMap(({ effect, edge }) => {
      const [from, to] = [byName.get(edge.from.name), byName.get(edge.to.name)]
      return from && to ? [{ id: edge.id, effect, from, to, edge }] : []
    }),
    left:
      effectNames.reduce((sum, name) => sum + (name === 'unaffected' ? 0 : effects[name].edges), 0) -
      Math.min(affected.length, mostAffected),
  }
}
