'use client'

import { useQuery } from '@tanstack/react-query'
import { useQueryState } from 'nuqs'
import { useMemo, useState } from 'react'
import type { Expectation } from '@/core/policy/apply/expectation'
import type { PolicyGround } from '@/core/policy/ground'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import { calicoGroup } from '@/core/policy/policy-name'
import type { WhatIf } from '@/core/policy/what-if/answer'
import { urlParsers } from '../../url-state'
import { useAnnounce } from '../../ui/announcer'
import { Button } from '../../ui/button'
import { baseOf, newObject } from '../state/opened-objects'
import { stagedText, stageWay } from '../state/staged'
import type { Editor } from '../use-editor'
import type { Effects } from '../use-effects'
import type { ApplyAnswer } from './apply-api'
import { ApplyDialog } from './apply-dialog'
import { ExportDialog } from './export-dialog'
import { asksOf, permissionQuery, refusal } from './permission'
import { askedChanges, cannotApply } from './plan'
import { rebasedObjects } from './rebased'
import { RenamedNote } from './renamed-note'

type Props = {
  editor: Editor
  ground: PolicyGround
  draft: number | null
  effects: Effects
  refetchGround: () => Promise<PolicyGround | undefined>
}

/** Stage, export and apply; what cannot be done says why. */
export function ApplyControls({ editor, ground, draft, effects, refetchGround }: Props) {
  const { state, read, shown, act } = editor
  const [open, setOpen] = useState<'apply' | 'export' | null>(null)
  const [, setApplied] = useQueryState('applied', urlParsers.applied.withOptions({ history: 'replace' }))
  const announce = useAnnounce()
  const changes = useMemo(() => askedChanges(state.objects, read), [state.objects, read])
  const why = cannotApply(state.objects, read)
  const asks = useMemo(() => asksOf(changes), [changes])
  const permission = useQuery({ ...permissionQuery(ground.cluster, asks), enabled: asks.length > 0 })
  const refused = why ?? (permission.data ? refusal(permission.data) : null)
  const ref = shown?.read.draft.objects[0]?.ref ?? null
  const hasCalico =
    ground.profile === 'calico' ||
    ground.model.objects.some(({ apiVersion }) => typeof apiVersion === 'string' && apiVersion.startsWith(calicoGroup))
  const way = ref && shown && !shown.object.deleted ? stageWay(ref, hasCalico) : null
  const stage = () => {
    if (!ref || !shown) return
    const { object } = shown
    const text = stagedText(object.text, ref)
    if (way === 'istio') act({ type: 'edited', id: object.id, text })
    else act({ type: 'replaced', objects: state.objects.map((one) => (one === object ? newObject(text) : one)) })
    announce('Staged in the draft: it is applied without being enforced')
  }
  const applied = (answer: ApplyAnswer) => {
    const first = answer.results.find(({ changeId }) => changeId !== null)?.changeId ?? null
    void setApplied(first)
    act({ type: 'rebased', bases: rebasedObjects(state.objects, read, answer.results, ({ text }) => text) })
    if (answer.outcome === 'applied') setOpen(null)
    announce(answer.sentence)
    void refetchGround()
  }
  const rebase = async (of: PolicyRef) => {
    const fresh = await refetchGround()
    const base = fresh ? baseOf(fresh, refKey(of)) : null
    const tabs = state.objects.filter((one) => {
      const its = one.deleted ? one.base?.ref : read(one).draft.objects[0]?.ref
      return its && refKey(its) === refKey(of)
    })
    act({ type: 'rebased', bases: new Map(tabs.map(({ id }) => [id, base])) })
    setOpen(null)
    announce('The draft is now held against what stands in the cluster')
  }
  const whatIf = effects.whatIf.answer
  const user = permission.data?.actingAs?.user ?? null
  return (
    <>
      {way && (
        <Button onClick={stage} title="Tried beside what is enforced; nothing is denied by it">
          Stage
        </Button>
      )}
      <Button onClick={() => setOpen('export')}>Export…</Button>
      <span className="flex max-w-96 items-center gap-2">
        {refused !== null && (
          <span id="why-not-apply" className="line-clamp-2 text-xs text-fg-2" title={refused}>
            {refused}
          </span>
        )}
        <Button
          variant="primary"
          disabled={refused !== null}
          title={refused ?? (user ? `As ${user}` : undefined)}
          aria-describedby={refused !== null ? 'why-not-apply' : undefined}
          onClick={() => setOpen('apply')}
        >
          Apply as you
        </Button>
      </span>
      {open === 'apply' && (
        <ApplyDialog
          cluster={ground.cluster}
          changes={changes}
          draft={draft}
          expected={expectationsOf(whatIf)}
          actsAs={user}
          note={<RenamedNote editor={editor} />}
          warnings={whatIf?.lockOuts.found.map(({ message }) => message) ?? []}
          onApplied={applied}
          onRebase={(of) => void rebase(of)}
          onExport={() => setOpen('export')}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'export' && (
        <ExportDialog
          objects={state.objects}
          read={read}
          why={refused === why ? null : refused}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

const mostExpected = 200
const mostStaying = 50

/** What traffic is to confirm: the edges that the draft was said to change, and that those which it concerns still pass. */
function expectationsOf(whatIf: WhatIf | null): readonly Expectation[] {
  if (!whatIf) return []
  const { unaffected, ...changed } = whatIf.effects
  const of = (group: 'newly-allowed' | 'newly-denied', becomes: Expectation['becomes']) =>
    changed[group].shown.map(({ id: edge }): Expectation => ({ edge, becomes }))
  const passing = unaffected.shown.filter(({ after, allowed }) => after === 'allowed' && allowed)
  const stays = passing.slice(0, mostStaying).map(({ id: edge }): Expectation => ({ edge, becomes: 'stays-allowed' }))
  return [...of('newly-allowed', 'allowed'), ...of('newly-denied', 'denied'), ...stays].slice(0, mostExpected)
}
