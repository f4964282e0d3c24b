'use client'

import { ChoiceMenu } from '../../ui/menu'
import { Segmented } from '../../ui/segmented'
import { lenses, type Lens } from '../../url-state'
import { options } from './options'
import type { MapModel } from '../use-map'

const words: Readonly<Record<Lens, string>> = {
  health: 'Health',
  traffic: 'Traffic',
  errors: 'Errors',
  latency: 'Latency',
  encryption: 'Encryption',
  policy: 'Policy',
}

/** What the map's colours are about; a menu where the bar is narrow. */
export function LensSwitch({ map }: { map: MapModel }) {
  const choose = (lens: string) => void map.setState({ lens: lenses.find((each) => each === lens) ?? null })
  return (
    <>
      <Segmented
        label="Lens"
        value={map.lens}
        options={options(lenses, words)}
        onChange={choose}
        className="max-[1399px]:hidden"
      />
      <span className="min-[1400px]:hidden">
        <ChoiceMenu label="Lens" value={map.lens} choices={options(lenses, words)} onChange={choose}>
          {words[map.lens]}
        </ChoiceMenu>
      </span>
    </>
  )
}
