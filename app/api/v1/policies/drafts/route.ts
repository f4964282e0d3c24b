import { savePolicyDraft } from '@/server/changes/save-policy-draft'
import { changeRoute, route } from '@/server/http'
import { policyDraftsView } from '@/server/views/policy-drafts'

export const GET = route(policyDraftsView)
export const POST = changeRoute(savePolicyDraft)
