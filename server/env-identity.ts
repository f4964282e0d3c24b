import { z } from 'zod'
import { isSystemName } from '@/core/access/system-name'

const names = /^[\u0021-\u007e]+$/

const prefix = (whose: string) =>
  z
    .string()
    .min(1, 'write a prefix; without one a provider could name an identity of the cluster itself')
    .max(60)
    .regex(names, 'write a prefix without blanks')
    .refine((text) => !isSystemName(text), 'names that begin with system: are the cluster’s own and refused')
    .default('oidc:')
    .describe(
      `Goes before the name of ${whose} in clusters; {provider} in it stands for the id of the login’s provider.`,
    )

/** As whom people who logged in are known in clusters. */
export const identitySettings = {
  userPrefix: prefix('who is logged in'),
  groupsPrefix: prefix('each group'),
  groups: z
    .array(z.string().min(1).max(256))
    .max(500)
    .optional()
    .describe(
      'Groups of people that clusters are told, as the provider names them; * stands for any letters. By default those that teams and roles name, or all where auth.mode is kubernetes.',
    ),
  sharedUser: z
    .string()
    .min(1)
    .max(253)
    .regex(names, 'write a name without blanks')
    .refine((text) => !isSystemName(text), 'names that begin with system: are the cluster’s own and refused')
    .optional()
    .describe('One user as whom everybody is known in clusters, so that only groups give rights there.'),
}

type Settings = {
  readonly kubernetes: { readonly userPrefix: string; readonly sharedUser?: string | undefined }
  readonly auth: { readonly providers: readonly { readonly issuer: string }[] }
}

/** Two providers may name different people alike, so the prefix has to tell them apart. Groups carry the prefix of their provider. */
export function tellsProvidersApart({ value, issues }: z.core.ParsePayload<Settings>): void {
  const { kubernetes, auth } = value
  if (new Set(auth.providers.map(({ issuer }) => issuer)).size < 2) return
  if (kubernetes.sharedUser !== undefined || kubernetes.userPrefix.includes('{provider}')) return
  issues.push({
    code: 'custom',
    path: ['kubernetes', 'userPrefix'],
    message:
      'with several providers write {provider} into it, for example "oidc:{provider}:", so that none can name the people of another',
    input: kubernetes.userPrefix,
  })
}
