import { route } from '@/server/http'
import { policyPermissionView } from '@/server/views/policy-permission'

export const GET = route(policyPermissionView)
