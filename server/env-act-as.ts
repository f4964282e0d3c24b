import { z } from 'zod'
import { isSystemName } from '@/core/access/system-name'

const name = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[\u0021-\u007e]+$/, 'write a name without blanks')
  .refine((text) => !isSystemName(text), 'names that begin with system: are the cluster’s own and refused')

const person = z.strictObject({ user: name, groups: z.array(name).max(50).default([]) })

/** `own`, a person, or in one line as the environment has it: the user and, after commas, the groups. */
export const actAsSchema = z.union([
  z.literal('own'),
  person,
  z
    .string()
    .transform((text): z.input<typeof person> => {
      const [user = '', ...groups] = text.split(',').map((part) => part.trim())
      return { user, groups }
    })
    .pipe(person),
])

const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])

type Settings = {
  readonly kubernetes: { readonly actAs?: z.output<typeof actAsSchema> | undefined }
  readonly web: { readonly host: string; readonly hosts: readonly string[]; readonly url?: string | undefined }
}

/** Refuses `own` where others than who started the console can reach it. */
export function actsOnLoopback({ value, issues }: z.core.ParsePayload<Settings>): void {
  const { kubernetes, web } = value
  const isPublic = web.url !== undefined && URL.canParse(web.url) && !loopback.has(new URL(web.url).hostname)
  if (kubernetes.actAs !== 'own' || (loopback.has(web.host) && web.hosts.length === 0 && !isPublic)) return
  issues.push({
    code: 'custom',
    path: ['kubernetes', 'actAs'],
    message:
      'own is for a console that listens on loopback (web.host) under no other name (web.hosts, web.url); name a user and groups to impersonate instead',
    input: kubernetes.actAs,
  })
}
