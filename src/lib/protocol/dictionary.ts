/**
 * What most groups have in common, for compressing them: a preset dictionary of raw deflate. It
 * belongs to version 1 of the envelope and is never edited; a better one is another version.
 */
export const DICTIONARY: Uint8Array = new TextEncoder().encode(
  [
    '"peopleRequested","peopleApproved","peopleReached","peopleIntended","trucksUnloaded",',
    '"trucksDispatched","besiegingParty","defaultClassifier","householdSize","recordsSince",',
    '"parentArea","removedWhere","removedBy","quantity","otherPeopleThan","daysOfSupply",',
    '["population","["accessStatus","["locality","["organisation","["incident","["claim",',
    '"hard_to_reach","besieged","accessible","classifier","series","asOf","verified",true,[]],',
    '["names",{"en":"","ar":""},[]],["aliases",["pcode","kind","town"',
    '["stop",[["convoy","",[]],["order",1,[]],["localities",["",""],[]],["outcome","delivered",[]],',
    '["arrivedOn","2026-01-01",[]],"FSC","HEA","WSH","NUT","SHL","EDU","unit":"families"',
    '["itemLine",["item","quantity",{"q":"=","n":0},[]],["stage","removed","loaded"',
    '["movement",[["convoy","",[]],["onTheRoad",false,[]]]],["released",true',
    '"denied","aborted","partially_delivered","attacked","postponed","at_checkpoint","planned",',
    '["convoy",[["_created",true,[]]]],["source",[["kind","seen",[]],["kind","told",[]]]],',
    '["report",[["convoy","",[]],["source","",[]],["scope","convoy",[]],["date","2026-01-01",[]],',
    '["localities",["",""],[]],["trucks",{"q":"=","n":0},[]],["people",{"q":"~","n":00000,',
    '"unit":"people"},[]],["peopleKind","intended",[]],["organisations",["",""],[]],',
    '["modality","cross_line",[]],["sectors",["FSC","HEA"],[]],["items",["food","medicine"],[]],',
    '["status","delivered",[]]]]]]',
    '[1,"",null,"2026-01-01T00:00:00.000Z","",1,[["',
  ].join(''),
);
