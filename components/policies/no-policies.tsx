'use client'

import Link from 'next/link'
import { useKeptSearch } from '../shell/use-kept-search'
import { Button, buttonClass } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { useTimeRange } from '../url-state'
import { defaultLast } from '../time-range'
import { useCanEdit } from './can-edit'
import { editorPath } from './editor-links'
import { clusterWide } from './narrow-policies'
import type { PoliciesState } from './use-policies-state'
import type { ShownPage } from './shown-page'

/** Nobody reads a cluster's objects, or there is no policy among them: everything may talk to everything. */
export function NoPolicies({ page }: { page: ShownPage }) {
  const kept = useKeptSearch()
  const canEdit = useCanEdit()
  if (page.cluster === '') {
    return (
      <EmptyState
        title="No Kubernetes API is read"
        actions={
          <Link href="/sources" className={buttonClass()}>
            Look at the sources
          </Link>
        }
      >
        Policies are read from the API server. Start Oriel with a kubeconfig, or in the cluster with the roles of{' '}
        <code className="font-mono text-xs">deploy/kubernetes.yaml</code>.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={`No policy in ${page.cluster}`}
      actions={
        canEdit && (
          <Link
            prefetch={false}
            href={editorPath({ new: 'NetworkPolicy', cluster: page.cluster }, kept)}
            className={buttonClass('primary')}
          >
            New policy
          </Link>
        )
      }
    >
      Nothing restricts its traffic: everything may call everything.
    </EmptyState>
  )
}

/** A recording holds traffic and no objects. */
export function RecordingPolicies() {
  const { setLast } = useTimeRange()
  return (
    <EmptyState
      title="A recording holds no policies"
      actions={<Button onClick={() => void setLast(defaultLast)}>Leave the recording</Button>}
    >
      It keeps flows and not the objects of their cluster. What the flows themselves say of policies is on the Flows
      page.
    </EmptyState>
  )
}

/** The choices that leave nothing, by name. */
export function NoPolicyMatches({ state }: { state: PoliciesState }) {
  const { find, kind, ns, owner, state: use, clear } = state
  const chosen = [
    find && `“${find}”`,
    kind && `kind ${kind}`,
    ns && (ns === clusterWide ? 'of the whole cluster' : `namespace ${ns}`),
    owner && `owner ${owner}`,
    use && `state ${use}`,
  ].filter(Boolean)
  return (
    <EmptyState title="No policy matches" actions={<Button onClick={clear}>Clear filters</Button>}>
      Shown are only those of {chosen.join(', ')}.
    </EmptyState>
  )
}
