import { copyPolicyDraft } from '@/server/changes/copy-policy-draft'
import { changeRoute } from '@/server/http'

export const POST = changeRoute(copyPolicyDraft)
