import type { Amounts } from '@/core/encryption/classes'
import { formatPercent } from '../format'
import { classFill } from './class-mark'
import { barClasses, barText, classWords, exposedOf } from './class-words'

/** What left its node, by class. Figures stand beside it. */
export function ClassBar({ amounts, tall = false }: { amounts: Amounts; tall?: boolean }) {
  const all = exposedOf(amounts)
  const shown = barClasses.filter((each) => amounts[each] > 0)
  return (
    <div>
      <span className="sr-only">{barText(amounts)}</span>
      <div
        aria-hidden="true"
        className={`flex w-full gap-px overflow-hidden rounded-sm ${tall ? 'h-[18px]' : 'h-2.5'} ${all > 0 ? '' : 'border border-dashed border-line'}`}
      >
        {shown.map((each) => (
          <span
            key={each}
            title={`${classWords[each]} ${formatPercent(amounts[each] / all)}`}
            className="h-full min-w-0.5"
            style={{ width: `${(amounts[each] / all) * 100}%`, background: classFill[each] }}
          />
        ))}
      </div>
    </div>
  )
}
