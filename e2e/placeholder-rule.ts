/** A rule that finds nothing before somebody says who the admins are. */
export const PLACEHOLDER_RULE = `
title: By an admin
id: 11111111-1111-4111-8111-111111111111
logsource: { product: windows, category: process_creation }
detection:
    selection:
        User|expand: '%admins%'
    condition: selection
level: high
`;
