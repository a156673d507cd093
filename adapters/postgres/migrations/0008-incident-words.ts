/** The text by which an incident is found. One that was there before is found by its title until it changes. */
export const incidentWords = `
alter table incident add column words text not null default '';
update incident set words = lower(title);
`;
