import { createHash } from 'node:crypto'
import { withoutPart } from '@/core/redact'
import type { SourceGap, World } from '@/core/world'

const isVeiled = /^[a-z0-9-]+:#[0-9a-f]{6}$/

/**
 * The id of a source without where it is (`hubble:#3f9c1a` for `hubble:10.0.0.7:4245`): the same for the same source, so
 * that gaps and sources still go together. Ids of Kubernetes kinds name no place. server/db/wall-rules.ts does the same
 * in the database, and what came from there stays.
 */
export function veiledSource(id: string): string {
  const colon = id.indexOf(':')
  if (colon < 0 || id.startsWith('kubernetes:') || isVeiled.test(id)) return id
  return `${id.slice(0, colon)}:#${createHash('md5').update(id).digest('hex').slice(0, 6)}`
}

/** A gap as it is told within a scope. */
export const veiledGap = (gap: SourceGap): SourceGap => ({ ...withoutPart(gap), source: veiledSource(gap.source) })

/** Sources as they are told within a scope, in an order that says nothing of their addresses. */
export const veiledSources = <S extends { readonly id: string }>(sources: readonly S[]): S[] =>
  sources.map((source) => ({ ...source, id: veiledSource(source.id) })).sort((a, b) => (a.id < b.id ? -1 : 1))

/** A World within a scope without where its sources are. */
export const veiledWorld = (world: World): World => ({
  ...world,
  gaps: world.gaps.map(veiledGap),
  sources: veiledSources(world.sources),
})
