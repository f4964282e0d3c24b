'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ObjectPage, ObjectVersion } from '@/core/policy/pages/object-page'
import type { AuditedChange } from '@/core/policy/apply/audited-change'
import { refKey } from '@/core/policy/normal-form'
import { policyName } from '@/core/policy/policy-name'
import { formatAgo, formatWhen } from '../format'
import { Button } from '../ui/button'
import { useCanEdit } from './can-edit'
import { LineDiffView } from './line-diff-view'
import { policyChangesQuery } from './queries'
import { useDraftOf } from './use-draft-of'

type Props = { object: ObjectPage }

/** Who changed it when, newest first: each version with what differs from the one before, and the way back to it. */
export function PolicyHistory({ object }: Props) {
  const { cluster, ref, now, versions, at: moment } = object
  const { data: audit } = useQuery(policyChangesQuery(cluster, refKey(ref)))
  const { begin, busy, problem } = useDraftOf(cluster)
  const canEdit = useCanEdit()
  return (
    <>
      {problem && (
        <p role="alert" className="pb-2">
          {problem}
        </p>
      )}
      <ol aria-label={`Versions of ${policyName(ref)}`}>
        {versions.map((version, at) => (
          <Version
            key={`${version.from} ${version.resourceVersion}`}
            version={version}
            before={versions[at + 1] ?? null}
            change={changeOf(version, audit?.changes ?? [])}
            now={moment}
            onRestore={
              (at === 0 && now !== null) || !canEdit || busy
                ? null
                : () => void begin(ref, { type: 'version', yaml: version.yaml, from: version.from })
            }
          />
        ))}
      </ol>
      <p className="pt-2 text-xs text-fg-3">
        Versions are those that Oriel saw since it watches the cluster. Who wrote is told by the object itself; what was
        changed through Oriel is told by its audit.
      </p>
    </>
  )
}

/** A write is seen by the watch soon after. */
const seenWithinMs = 15_000

/** The change of the audit that made a version; null: none of Oriel's. */
const changeOf = ({ from }: ObjectVersion, changes: readonly AuditedChange[]): AuditedChange | null =>
  changes.find(({ at, completedAt, state }) => {
    const done = completedAt ?? at
    return state === 'applied' && from >= done - 2_000 && from - done < seenWithinMs
  }) ?? null

type VersionProps = {
  version: ObjectVersion
  /** null: the first that was seen. */
  before: ObjectVersion | null
  change: AuditedChange | null
  now: number
  onRestore: (() => void) | null
}

function Version({ version, before, change, now, onRestore }: VersionProps) {
  const [open, setOpen] = useState(false)
  const when = formatWhen(version.from)
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <p title={when}>
            {formatAgo(version.from, now)} <span className="text-xs text-fg-3">{when}</span>
          </p>
          <p className="text-xs break-words text-fg-2">{authorWords(version, before, change)}</p>
          {version.changes.length > 0 && (
            <p
              className="truncate font-mono text-2xs text-fg-3"
              title={version.changes.map(({ path }) => path).join('\n')}
            >
              {version.changes.map(({ path }) => path).join(', ')}
            </p>
          )}
          {change?.reason && <p className="text-xs break-words text-fg-3">“{change.reason}”</p>}
        </div>
        {before && before.yaml !== version.yaml && (
          <Button size="sm" variant="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'What changed'}
            <span className="sr-only"> at {when}</span>
          </Button>
        )}
        {onRestore && (
          <Button size="sm" onClick={onRestore}>
            Restore<span className="sr-only"> the version of {when}</span>
          </Button>
        )}
      </div>
      {open && before && (
        <div className="pt-2">
          <LineDiffView before={before.yaml} after={version.yaml} label={`What changed at ${when}`} />
        </div>
      )}
    </li>
  )
}

function authorWords(
  { by, yaml, change: how }: ObjectVersion,
  before: ObjectVersion | null,
  change: AuditedChange | null,
): string {
  if (change) {
    const as = change.actedAs && change.actedAs.user !== change.by ? ` as ${change.actedAs.user}` : ''
    const undo = change.undoOf === null ? '' : `, undoing change ${change.undoOf}`
    const back = change.undoneBy
    const since = back ? `; undone by ${back.by} at ${formatWhen(back.at)} (change ${back.change})` : ''
    return `${change.by}${as} through Oriel, change ${change.id}${undo}${since}`
  }
  const who = by ? `by ${by.manager}` : 'by whom is not told'
  if (before?.yaml === yaml) return `written again ${who}, with the same content`
  if (how === 'changed') return `changed ${who}`
  return before ? `made again ${who}` : `made, or first seen, ${who}`
}
