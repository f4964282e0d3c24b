import { encryptionUnits } from '@/core/encryption/classes'
import { buildEncryptionPage } from '@/core/encryption/encryption-page'
import { isWithinScope } from '@/core/encryption/exception-scope'
import { bothScopes } from '@/core/scope'
import { database } from '@/server/database'
import { readEncryptionExceptions } from '@/server/db/encryption/read-encryption-exceptions'
import { clusterParam, filterParam, windowed } from '@/server/params'
import { view } from '@/server/view'
import { wallScope } from '@/server/wall'
import { settleWindow } from '@/server/windowed'
import { loadWorld } from '@/server/world'
import { z } from 'zod'
import { classifiedEdges } from './classified-edges'
import { encryptionPageSchema } from './schemas/encryption-page'

export const unitParam = z
  .enum(encryptionUnits)
  .default('bytes')
  .describe('What is counted: requests, connections or bytes. Coverage differs, because each is told by others.')

/** How much of our traffic is encrypted, with what, and what is not? */
export const encryptionView = view({
  name: 'encryption',
  path: 'encryption',
  summary:
    'Coverage of encryption in transit as bounds: by class, layer, namespace, team and cluster; plaintext edges with why and what mends them; tunnels and certificates.',
  params: windowed({ cluster: clusterParam, q: filterParam, unit: unitParam }),
  answer: encryptionPageSchema,
  // One that was just made or deleted is to be seen at once, so exceptions are a part of the question.
  settle: async (params) => {
    const [settled, exceptions] = await Promise.all([
      settleWindow(params),
      params.recording === undefined ? readEncryptionExceptions(database()) : [],
    ])
    return { ...settled, exceptions }
  },
  load: async (question, wanted) => {
    const scope = bothScopes(wanted, wallScope())
    return {
      world: await loadWorld(question, wanted),
      scope,
      exceptions: question.exceptions.filter(({ filter }) => isWithinScope(filter, scope)),
    }
  },
  render: ({ world, scope, exceptions }, question) =>
    buildEncryptionPage(world, classifiedEdges(world, question), { ...question, scope, exceptions }),
})
