import { route } from '@/server/http'
import { policyChangesView } from '@/server/views/policy-changes'

export const GET = route(policyChangesView)
