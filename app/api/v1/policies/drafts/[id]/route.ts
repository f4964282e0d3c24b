import { changePolicyDraft } from '@/server/changes/change-policy-draft'
import { deletePolicyDraft } from '@/server/changes/delete-policy-draft'
import { changeRoute, route } from '@/server/http'
import { policyDraftView } from '@/server/views/policy-draft'

export const GET = route(policyDraftView)
export const PUT = changeRoute(changePolicyDraft)
export const DELETE = changeRoute(deletePolicyDraft)
