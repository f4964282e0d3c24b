import { commentPolicyDraft } from '@/server/changes/comment-policy-draft'
import { changeRoute } from '@/server/http'

export const POST = changeRoute(commentPolicyDraft)
