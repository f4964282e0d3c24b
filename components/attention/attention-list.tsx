import type { Attention } from '@/core/health/attention'
import type { Finding } from '@/core/findings/finding'
import { Calm } from './calm'
import { FindingRow } from './finding-row'

type Props = {
  attention: Attention
  onSelect: (id: string) => void
}

/** Trouble first, the worst of it on top; then what is unknown, then what changed. */
export function AttentionList({ attention, onSelect }: Props) {
  const { findings } = attention
  const trouble = findings.filter(({ severity }) => severity !== 'notice')
  const notices = findings.filter(({ severity }) => severity === 'notice')
  const unwell = trouble.some(({ severity }) => severity !== 'unknown')
  const rows = (list: readonly Finding[]) =>
    list.map((finding) => (
      <FindingRow key={finding.id} finding={finding} now={attention.window.to} onSelect={onSelect} />
    ))
  return (
    <>
      {!unwell && <Calm attention={attention} />}
      {trouble.length > 0 && <ul className="-mx-1.5">{rows(trouble)}</ul>}
      {notices.length > 0 && (
        <section className="pt-2.5">
          <h3 className="pb-0.5 text-xs text-fg-3">Also noticed</h3>
          <ul className="-mx-1.5">{rows(notices)}</ul>
        </section>
      )}
      {attention.total > attention.findings.length && (
        <p className="pt-2 text-xs text-fg-3">
          {attention.findings.length} of {attention.total}, the worst first
        </p>
      )}
    </>
  )
}
