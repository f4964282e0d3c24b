import { draftWhy, finishWhy } from '@/core/health/why'
import { loadOverTime } from '@/server/over-time'
import { selectionParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { whySchema } from './schemas/finding'

/** Where does its trouble begin, and since when? */
export const whyView = view({
  name: 'why',
  path: 'why',
  summary:
    'Why a node or edge of the map is unwell: which callee its errors or time come from, with shares, and since when.',
  params: windowed({ sel: selectionParam }),
  answer: whySchema,
  settle: (params) => settleWindow(params),
  load: async (question, scope) => {
    const world = await loadWorld(question, scope)
    const draft = draftWhy(world, question.sel)
    return { draft, over: await loadOverTime(question, scope, world, [...new Set([...draft.own, ...draft.there])]) }
  },
  render: ({ draft, over }) => finishWhy(draft, over),
})
