import type { Amounts } from '@/core/encryption/classes'
import { formatPercent } from '../format'
import { classFill } from './class-mark'
import { barClasses, barText, classWords, exposedOf } from './class-words'
import { ShareBar } from './share-bar'

/** What left its node, by class. Figures stand beside it. */
export function ClassBar({ amounts, tall = false }: { amounts: Amounts; tall?: boolean }) {
  const all = exposedOf(amounts)
  const shown = barClasses.filter((each) => amounts[each] > 0)
  return (
    <div>
      <span className="sr-only">{barText(amounts)}</span>
      <ShareBar
        className={`${tall ? 'h-[18px]' : 'h-2.5'} ${all > 0 ? '' : 'border border-dashed border-line'}`}
        parts={shown.map((each) => ({
          key: each,
          share: amounts[each] / all,
          fill: classFill[each],
          title: `${classWords[each]} ${formatPercent(amounts[each] / all)}`,
        }))}
      />
    </div>
  )
}
