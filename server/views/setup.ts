import { z } from 'zod'
import { type ClusterSetup, setupOf } from '@/core/inventory/setup'
import { seesCluster } from '@/core/scope'
import { readSetupObjects } from '@/server/db/inventory/read-setup-objects'
import { database } from '@/server/database'
import { mirror } from '@/server/mirror'
import { loadSources } from '@/server/sources'
import { view } from '@/server/view'
import { pastTheWall } from '@/server/wall'

const setupSchema = mirror<ClusterSetup>()(
  z.strictObject({
    cluster: z.string().describe('Empty where no Kubernetes API is read.'),
    found: z.array(z.string()).describe('Network, mesh and monitoring that were recognised.'),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        state: z.enum(['done', 'waiting', 'failed', 'todo']),
        text: z.string(),
        command: z.string().nullable().describe('What to type.'),
      }),
    ),
  }),
)

/** What is to be connected, and how? */
export const setupView = view({
  name: 'setup',
  path: 'setup',
  summary: 'What each cluster has, what of it is connected, and what to do next.',
  quick: true,
  params: z.strictObject({}),
  answer: z.array(setupSchema),
  maxAgeMs: 900,
  settle: async () => null,
  load: async (_, scope) => {
    const [{ sources, inventory }, objects] = await Promise.all([
      loadSources(scope),
      // What a cluster runs for everybody lies in namespaces of nobody's team.
      pastTheWall(
        () => readSetupObjects(database()),
        (all, wall) => {
          const sees = seesCluster(wall)
          return all.filter(({ cluster }) => sees(cluster))
        },
      ),
    ])
    const steps = setupOf(objects, sources, inventory)
    return scope.all ? steps : steps.map(withoutCommands)
  },
  render: (steps) => [...steps],
})

/** Setting up is for who sees the whole cluster, and what is to be typed names namespaces of others. */
const withoutCommands = (setup: ClusterSetup): ClusterSetup => ({
  ...setup,
  steps: setup.steps.map((step) => ({ ...step, command: null })),
})
