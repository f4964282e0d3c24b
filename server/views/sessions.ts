import { z } from 'zod'
import { deviceOf } from '@/core/access/device'
import type { SessionItem } from '@/core/access/settings-people'
import { readSessions } from '@/server/db/access/read-sessions'
import { database } from '@/server/database'
import { env } from '@/server/env'
import { AppError } from '@/server/errors'
import { mirror } from '@/server/mirror'
import { view } from '@/server/view'
import { millis } from './schemas/shared'
import { ownerSeen } from '@/core/access/owner'

const sessionSchema = mirror<SessionItem>()(
  z.strictObject({
    id: z.number(),
    name: z.string().describe('Whose it is.'),
    own: z.boolean(),
    current: z.boolean().describe('The very session that asks.'),
    provider: z.string().nullable(),
    address: z.string(),
    device: z.string(),
    agent: z.string().describe('What the browser says it is; it may say anything.'),
    startedAt: millis,
    seenAt: millis,
    endsAt: millis,
  }),
)

/** Where is somebody logged in? */
export const sessionsView = view({
  name: 'sessions',
  path: 'sessions',
  summary: 'Your sessions, and to administrators everybody’s.',
  quick: true,
  personal: true,
  params: z.strictObject({}),
  answer: z.array(sessionSchema).describe('Those used last first.'),
  maxAgeMs: 0,
  settle: async () => null,
  load: async (_, _scope, asker) => {
    if (!asker) throw new AppError('unauthenticated', 'Nobody is logged in here.')
    const whose = ownerSeen(asker)
    return { asker, sessions: await readSessions(database(), whose, Date.now() - env().auth.session.idle) }
  },
  render: ({ asker: { account: me, by }, sessions }): SessionItem[] =>
    sessions.map(({ account, ...session }) => ({
      ...session,
      own: account === me.id,
      current: 'session' in by && by.session === session.id,
      device: deviceOf(session.agent),
    })),
})
