import type { LeftOutSentence } from '@/core/policy/what-if/ground-suggestions'
import { StatusMark } from '../status-mark'

/** Traffic without a rule, and why. */
export const LeftOutList = ({ title, leftOut }: { title: string; leftOut: readonly LeftOutSentence[] }) => (
  <section className="pt-2">
    <h3 className="text-xs text-fg-3">{title}</h3>
    <ul className="text-xs text-fg-2">
      {leftOut.map(({ reason, direction, sentence }) => (
        <li key={`${reason} ${direction}`} className="flex items-baseline gap-2 py-0.5">
          <StatusMark status="unknown" label="Left out" />
          {sentence}
        </li>
      ))}
    </ul>
  </section>
)
