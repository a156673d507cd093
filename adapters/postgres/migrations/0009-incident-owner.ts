/** Who works on an incident; '' nobody. */
export const incidentOwner = `
alter table incident add column owner text not null default '';
grant update (owner) on incident to yuheng_tenant;
`;
