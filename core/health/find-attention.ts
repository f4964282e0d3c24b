import { auditList } from '../findings/all'
import { contextOf } from '../findings/context'
import {
  type Draft,
  type Finding,
  type FindingOnset,
  type NearChange,
  severities,
  type Severity,
} from '../findings/finding'
import type { Mark } from '../marks/mark'
import { onsetsOf } from './onset-steps'
import type { StepRow } from '../series/step-row'
import type { Window } from '../time'
import type { World } from '../world'

/** Findings that are looked up over time and shown; more than this nobody reads. */
export const maxFindings = 50

/** All that needs attention in a World, the worst first. O(audits × edges). */
export function findDrafts(world: World): readonly Draft[] {
  const context = contextOf(world)
  const drafts = Object.values(auditList).flatMap((audit) => audit(context))
  const about = new Map<string, number>()
  for (const { subject, severity } of drafts)
    if (subject !== null) about.set(subject, Math.min(about.get(subject) ?? Infinity, severities.indexOf(severity)))
  return drafts
    .filter(
      // What is worse about the same edge says it already.
      ({ subject, severity }) =>
        severity !== 'notice' || subject === null || about.get(subject) === severities.indexOf('notice'),
    )
    .toSorted(
      (a, b) =>
        severities.indexOf(worstOf(a)) - severities.indexOf(worstOf(b)) ||
        b.weight - a.weight ||
        (idOf(a) < idOf(b) ? -1 : 1),
    )
}

/** What makes others fail stands among what fails, however well it is itself. */
const worstOf = ({ severity, affected }: Draft): Severity =>
  affected.some(({ health }) => health === 'failing') ? 'failing' : severity

const idOf = ({ audit, subject, title }: Draft): string => `${audit}:${subject ?? title}`

export type OverTime = {
  readonly window: Window
  readonly stepMs: number
  /** Of the watched edges; `edgeId` is one of those stored. */
  readonly rows: readonly StepRow[]
  readonly marks: readonly Mark[]
  readonly changesSeen: boolean
}

/** Drafts with when they began, and what was changed then. O(rows + drafts × steps²). */
export function finishFindings(drafts: readonly Draft[], over: OverTime): readonly Finding[] {
  const byEdge = new Map<number, StepRow[]>()
  for (const row of over.rows) {
    const rows = byEdge.get(row.edgeId)
    if (rows) rows.push(row)
    else byEdge.set(row.edgeId, [row])
  }
  return drafts.map(({ watch, weight: _weight, ...draft }) => {
    const rows = watch ? watch.edges.flatMap((id) => byEdge.get(id) ?? []) : []
    const onset = watch && onsetOf(rows, watch.figure, over)
    const change = onset && !onset.atLeast ? nearestChange(over.marks, causesOf(draft), onset.at) : null
    return { id: idOf({ ...draft, watch, weight: 0 }), ...draft, onset, change, changesSeen: over.changesSeen }
  })
}

/** A change of those whom it reaches is none of its causes. */
const causesOf = ({ subject }: Pick<Draft, 'subject'>): readonly string[] => subject?.split('|').slice(0, 2) ?? []

/** Its own figure, else the other one: what fails is often slow first. */
function onsetOf(rows: readonly StepRow[], figure: FindingOnset['figure'], over: OverTime): FindingOnset | null {
  const onsets = onsetsOf(rows, { ...over, limits: { errors: 0.01, p95: null } })
  const other = figure === 'errors' ? 'p95' : 'errors'
  const known = onsets[figure] ? figure : other
  const onset = onsets[known]
  return onset && { figure: known, ...onset }
}

/** A change counts as near up to this long before; milliseconds. */
const nearMs = 600_000
/** Steps are no finer than this. */
const slackMs = 60_000

/** The newest deploy, restart or policy change of these endpoints (endpointKeys) shortly before a moment. */
export function nearestChange(marks: readonly Mark[], endpoints: readonly string[], at: number): NearChange | null {
  const own = new Set(endpoints.map((key) => key.split('/').slice(0, 2).join('/')))
  const names = new Set(endpoints)
  const near = marks
    .filter((mark) => mark.at > at - nearMs && mark.at < at + slackMs)
    .filter(({ kind, cluster, namespace, object, name }) => {
      if (kind === 'policy') return own.has(`${cluster}/${namespace}`)
      return (kind === 'deploy' || kind === 'restart') && names.has(`${cluster}/${namespace}/${object}/${name}`)
    })
    .toSorted((a, b) => b.at - a.at)[0]
  return near ? { at: near.at, kind: near.kind, name: near.name, to: near.to } : null
}
