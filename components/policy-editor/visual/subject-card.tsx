'use client'

import { actionWords, labelTexts, namespaceTexts } from '@/core/policy/edit/pick-words'
import type { RuleAction, Side } from '@/core/policy/edit/visual'
import { plural } from '../../format'
import { StatusMark } from '../../status-mark'
import { useAnnounce } from '../../ui/announcer'
import { Select } from '../../ui/select'
import { BreakableText } from './breakable-text'
import { Fact } from './fact'
import { MtlsFields } from './mtls-fields'
import { OrderFields } from './order-fields'
import { PickedWords } from './picked-words'
import { subjectOf } from './subject-of'
import { useVisual } from './visual-context'

/** Whom the policy is about, in the middle: labels, who that is now, and how each direction stands by it. */
export function SubjectCard() {
  const { visual, ground, own, ask, edit } = useVisual()
  const announce = useAnnounce()
  const picked = subjectOf(visual, ground.model)
  const { namespaces, pods, other } = visual.subject.value
  const texts = [...namespaceTexts(namespaces), ...labelTexts(pods)]
  const workloads = picked === 'unknown' ? [] : picked.workloads
  const [only] = workloads
  const { action } = visual
  return (
    <section aria-label="Subject" data-subject className="min-w-0 rounded-lg border border-line-strong bg-panel p-3.5">
      <h2 className="truncate text-lg font-semibold" title={visual.ref.name}>
        {workloads.length === 1 && only ? only.name : visual.ref.name || 'No name yet'}
      </h2>
      <button
        type="button"
        onClick={() => ask({ ask: 'subject' })}
        className="-m-0.5 my-1.5 flex min-h-6 max-w-full flex-wrap gap-1 rounded-sm p-0.5 text-left hover:bg-hover"
      >
        <span className="sr-only">Change whom it is about: </span>
        {texts.length === 0 && <span className="text-xs text-fg-2">every pod {own === null ? '' : `of ${own}`}</span>}
        {texts.map((text) => (
          <span key={text} className="rounded-sm bg-hover px-1.5 py-px font-mono text-xs wrap-anywhere">
            <BreakableText text={text} />
          </span>
        ))}
      </button>
      <dl className="grid grid-cols-[3.5rem_1fr] gap-x-2 gap-y-1 text-xs">
        {only && workloads.length === 1 && (
          <Fact term="kind">
            {only.kind} · {plural(Math.max(1, only.ips.length), 'pod')}
          </Fact>
        )}
        <Fact term={workloads.length === 1 ? 'others' : 'selects'}>
          {picked === 'unknown' ? (
            'by conditions in the YAML'
          ) : workloads.length === 1 ? (
            <StatusMark status="ok" label="none" showLabel />
          ) : workloads.length === 0 ? (
            <StatusMark status="warn" label="nobody now" showLabel />
          ) : (
            <PickedWords picked={picked} own={own} />
          )}
        </Fact>
        {visual.sides.map((side) => (
          <Fact key={side.direction} term={side.direction}>
            {isolationWord(side)}
          </Fact>
        ))}
        {visual.staged && (
          <Fact term="mode">
            <StatusMark status="audit" label="staged, not enforced" showLabel />
          </Fact>
        )}
        {action !== null && (
          <Fact term="rules">
            <Select<RuleAction>
              aria-label="What the policy does"
              className="h-7"
              value={action}
              choices={visual.can.actions.map((value) => ({ value, label: actionWords[value] }))}
              onChange={(next) => announce(edit({ edit: 'set-action', rule: null, action: next }) ?? 'Changed')}
            />
          </Fact>
        )}
        <OrderFields />
        <MtlsFields />
        {other !== null && <Fact term="also">{other}</Fact>}
      </dl>
    </section>
  )
}

const isolationWord = ({ direction, reach, isolates }: Side): string =>
  reach === 'not-governed'
    ? 'not isolated'
    : isolates
      ? reach === 'nobody'
        ? `isolated, ${direction === 'ingress' ? 'nobody' : 'nowhere'}`
        : 'isolated'
      : 'not isolated'
