'use client'

import { levels, type Level } from '@/core/graph/graph'
import { ChoiceMenu } from '../../ui/menu'
import type { MapModel } from '../use-map'

const words: Readonly<Record<Level, string>> = {
  cluster: 'Clusters',
  team: 'Teams',
  namespace: 'Namespaces',
  app: 'Apps',
  workload: 'Workloads',
  service: 'Services',
}

/** What one node stands for. */
export const LevelMenu = ({ map }: { map: MapModel }) => (
  <ChoiceMenu
    label="Level"
    value={map.level}
    choices={levels.map((value) => ({ value, label: words[value] }))}
    onChange={(value) =>
      void map.setState({ level: levels.find((level) => level === value) ?? null, fold: null, unfold: null })
    }
  >
    {words[map.level]}
  </ChoiceMenu>
)
