'use client'

import { tierName } from '@/core/policy/tier-name'
import { useAnnounce } from '../../ui/announcer'
import { Input } from '../../ui/input'
import { Select } from '../../ui/select'
import { Fact } from './fact'
import { useVisual } from './visual-context'

/** Tier and order, where the kind has them. */
export function OrderFields() {
  const { visual, ground, edit } = useVisual()
  const announce = useAnnounce()
  const { can, tier, order } = visual
  const tiers = can.tiers ?? tiersOf(ground.model.objects, tier)
  return (
    <>
      {tiers.length > 0 && (
        <Fact term="tier">
          <Select
            aria-label="Tier"
            className="h-7"
            value={tier ?? 'default'}
            choices={[...new Set([...tiers, tier ?? 'default'])].map((value) => ({
              value,
              label: tierName(value),
            }))}
            onChange={(next) => announce(edit({ edit: 'set-tier', tier: next }) ?? `Tier ${tierName(next)}`)}
          />
        </Fact>
      )}
      {can.order && (
        <Fact term="order">
          <Input
            key={order}
            aria-label={`Order, ${can.order.least} to ${can.order.most}, lower is read first`}
            type="number"
            min={can.order.least}
            max={can.order.most}
            className="h-7! w-full max-w-24 min-w-0"
            defaultValue={order ?? ''}
            onBlur={(event) => {
              const text = event.target.value.trim()
              const next = text === '' ? null : Number(text)
              if (next !== order) announce(edit({ edit: 'set-order', order: next }) ?? 'Order changed')
            }}
          />
        </Fact>
      )}
    </>
  )
}

/** Names of Calico's tiers that the cluster has. */
function tiersOf(objects: readonly Readonly<Record<string, unknown>>[], own: string | null): readonly string[] {
  const names = objects.flatMap(({ kind, metadata }) => {
    const name = kind === 'Tier' && typeof metadata === 'object' && metadata ? Reflect.get(metadata, 'name') : null
    return typeof name === 'string' ? [name] : []
  })
  return [...new Set([...names, ...(own === null ? [] : [own])])]
}
