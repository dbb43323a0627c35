export const USAGE = `Usage: crossline COMMAND

  report gaps|first-since|coverage|reach|requests|supply|disagreement|claims|duplicates|sitrep
      --from FILE…            plain files, together one data set (repeat --from), or
      --operation NAME        an operation of the store
      --as-of DATE            the day to look from (default: today)
      --since DATE            the first day (default: 1 January; of a sitrep, of the month)
      --classifier X          whose list of places (default: the operation's, else UN)
      --series X              whose population figures (default: the classifier's)
      --status S              besieged (default), hard_to_reach …; any, for reach
      --lens sector=FSC|modality=…|org-type=…|org=…|joint   (several with ";")
      --lang en|ar|fr         --format json|csv|text
      --kind K                --map COLUMN=FIELD…    --date-order dmy|mdy

  import FILE… --operation NAME
      --kind reports|claims|localities|populations|deliveries|organisations
      --map COLUMN=FIELD…     --date-order dmy|mdy
      --as NAME               to whom the changes are attributed (default: import)
      --dry-run               say what would change, change nothing
      --create                make the operation when there is none of that name
  import --undo BATCH --operation NAME [--dry-run] [--as NAME]
                              take an import back; what people wrote since stays
  import --batches --operation NAME
                              the imports and their undoings, a line of JSON each

  invite --role observer|logger|coordinator|owner --name NAME
      --operation NAME        (default: the only operation)     --days D (default: 7)

  devices [--operation NAME]
  revoke ID --as leaving|lost

  relay FILE [--skip-unsound]
                              what a device could not send, out of the file that it gave

  verify                      check every invariant of the stored log
  backup FILE                 everything of the store, while the server runs
  restore FILE                a backup in the place of everything; the server must not run

Exit: 0 done, 1 rows with errors (the others were used) or flaws in the store, 2 wrong
usage or an unreadable file, 3 the store cannot be reached. The store is CROSSLINE_DATA or DATABASE_URL.
`;
