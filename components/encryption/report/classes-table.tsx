import { encryptionUnits } from '@/core/encryption/classes'
import { totalOf } from '@/core/encryption/coverage'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { formatPercent, plural } from '../../format'
import { ClassBar } from '../class-bar'
import { ClassMark } from '../class-mark'
import { amountText, barClasses, classSentence, classWords, exposedOf, unitWords } from '../class-words'
import { coverageText } from '../coverage-text'
import { PaperTable } from './parts'

/** Classes with their meaning, both layers apart, and the other units. */
export function ClassesTable({ data }: { data: EncryptionPage }) {
  const { amounts, unit, layers, units } = data
  const all = exposedOf(amounts)
  const beside = amounts['same-node']
  return (
    <>
      <div className="mt-2">
        <ClassBar amounts={amounts} tall />
      </div>
      <PaperTable
        label="By class"
        heads={['Class', 'What it means', 'Amount', 'Share']}
        figuresFrom={2}
        rows={[
          ...barClasses.map((each) => ({ each, share: formatPercent(all > 0 ? amounts[each] / all : null) })),
          { each: 'same-node' as const, share: `beside it: ${formatPercent(beside / totalOf(amounts))} of all` },
        ].map(({ each, share }) => ({
          key: each,
          cells: [
            <span key="name" className="inline-flex items-center gap-1.5 whitespace-nowrap">
              <ClassMark of={each} /> {classWords[each]}
            </span>,
            classSentence[each],
            amountText(amounts[each], unit),
            share,
          ],
        }))}
      />
      <PaperTable
        label="Layers and units"
        heads={['Layer or unit', 'What it says', 'Encrypted']}
        figuresFrom={2}
        rows={[
          {
            key: 'identity',
            cells: [
              'Identity layer alone',
              'mTLS between workloads, as proxies told it',
              coverageText(layers.identity.coverage),
            ],
          },
          {
            key: 'way',
            cells: [
              'Way between nodes alone',
              'WireGuard or IPsec, by keys and placement',
              coverageText(layers.way.coverage),
            ],
          },
          ...encryptionUnits.map((each) => ({
            key: each,
            cells: [
              `Counted in ${unitWords[each]}`,
              `both layers together, told on ${plural(units[each].edges, 'edge')}`,
              coverageText(units[each].coverage),
            ],
          })),
        ]}
      />
    </>
  )
}
