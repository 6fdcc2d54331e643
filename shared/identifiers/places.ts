/**
 * Towns, cities, counties, London boroughs and larger suburbs of the United Kingdom and its islands, written down from
 * general knowledge of the map; no gazetteer was copied. Villages are missing on purpose: most of them share their
 * name with a word or a family.
 */

const ENGLISH_TOWNS = `
Abingdon, Accrington, Aldershot, Alfreton, Alnwick, Altrincham, Amersham, Andover, Arundel, Ashbourne
Ashby de la Zouch, Ashford, Ashington, Ashton under Lyne, Atherton, Aylesbury, Bacup, Bakewell, Banbury
Barnard Castle, Barnoldswick, Barnsley, Barnstaple, Barrow in Furness, Basildon, Basingstoke, Batley
Beaconsfield, Beccles, Bedford, Bedlington, Bedworth, Belper, Berkhamsted, Berwick, Berwick upon Tweed
Beverley, Bewdley, Bexhill, Bexhill on Sea, Bicester, Bideford, Biggleswade, Billericay, Billingham
Bilston, Bingley, Birkenhead, Birmingham, Bishop Auckland, Bishop's Stortford, Bishops Stortford, Blackburn
Blackpool, Blandford Forum, Bletchley, Blyth, Bodmin, Bognor, Bognor Regis, Bolsover, Bolton, Bootle
Borehamwood, Bournemouth, Bracknell, Bradford, Braintree, Brentwood, Bridgnorth, Bridgwater, Bridlington
Bridport, Brighouse, Brighton, Bristol, Brixham, Broadstairs, Bromsgrove, Buckingham, Bude, Burgess Hill
Burnham on Sea, Burnley, Burntwood, Burton on Trent, Burton upon Trent, Bury St Edmunds, Bushey, Buxton
Camberley, Camborne, Cambridge, Cannock, Canterbury, Canvey Island, Carlisle, Carnforth, Carterton
Castleford, Chatham, Cheadle, Chelmsford, Cheltenham, Chesham, Cheshunt, Chester, Chester le Street
Chesterfield, Chichester, Chippenham, Chipping Norton, Chorley, Christchurch, Cirencester, Clacton
Clacton on Sea, Cleckheaton, Cleethorpes, Clevedon, Clitheroe, Coalville, Colchester, Coleford, Congleton
Consett, Corby, Corsham, Coventry, Cowes, Cramlington, Cranleigh, Crawley, Crediton, Crewe, Crewkerne
Cromer, Crowborough, Crowthorne, Cullompton, Darlington, Dartford, Darwen, Daventry, Dawlish, Derby
Dereham, Devizes, Dewsbury, Didcot, Doncaster, Dorchester, Dorking, Dover, Driffield, Droitwich, Dronfield
Dudley, Dukinfield, Dunstable, Durham, East Grinstead, Eastbourne, Eastleigh, Egham, Ellesmere Port, Epping
Epsom, Esher, Evesham, Exeter, Exmouth, Fakenham, Falmouth, Fareham, Farnborough, Farnham, Faversham
Felixstowe, Fleetwood, Folkestone, Formby, Frinton, Frome, Gainsborough, Gateshead, Gillingham, Glastonbury
Glossop, Gloucester, Godalming, Goole, Gosport, Grantham, Gravesend, Great Malvern, Great Yarmouth, Grimsby
Guildford, Guisborough, Hailsham, Halesowen, Halesworth, Halifax, Halstead, Harlow, Harpenden, Harrogate
Hartlepool, Harwich, Haslemere, Hastings, Havant, Haverhill, Hayling Island, Haywards Heath, Heanor
Hebden Bridge, Helston, Hemel, Hemel Hempstead, Henley on Thames, Hereford, Herne Bay, Hertford
Hetton le Hole, Hexham, Heysham, Heywood, High Wycombe, Hinckley, Hitchin, Hoddesdon, Holmfirth, Honiton
Horley, Hornsea, Horsham, Houghton le Spring, Hove, Hucknall, Huddersfield, Hull, Hungerford, Hunstanton
Huntingdon, Huyton, Ilfracombe, Ilkeston, Ilkley, Immingham, Ipswich, Jarrow, Keighley, Kendal, Kenilworth
Keswick, Kettering, Kidderminster, Kidlington, Kidsgrove, King's Lynn, Kings Lynn, Kingston upon Hull
Kirkby, Kirkby in Ashfield, Knaresborough, Knottingley, Knowsley, Knutsford, Lancaster, Launceston
Leamington, Leamington Spa, Leatherhead, Leeds, Leicester, Leigh on Sea, Leighton Buzzard, Leiston
Leominster, Letchworth, Lewes, Leyland, Lichfield, Lincoln, Liskeard, Littlehampton, Littleport, Liverpool
London, Long Eaton, Looe, Loughborough, Louth, Lowestoft, Ludlow, Luton, Lutterworth, Lyme Regis, Lymington
Lytham, Lytham St Annes, Mablethorpe, Macclesfield, Maidenhead, Maidstone, Maldon, Malmesbury, Malvern
Manchester, Manningtree, Mansfield, Margate, Market Drayton, Market Harborough, Marlborough, Maryport
Matlock, Melksham, Melton Mowbray, Mexborough, Middlesbrough, Middlewich, Midhurst, Mildenhall
Milton Keynes, Minehead, Morecambe, Morpeth, Nailsea, Nantwich, Newark, Newark on Trent, Newbury, Newcastle
Newcastle under Lyme, Newcastle upon Tyne, Newhaven, Newmarket, Newquay, Newton Abbot, Newton Aycliffe
Newton le Willows, North Shields, North Walsham, Northallerton, Northampton, Northwich, Norwich, Nottingham
Nuneaton, Oakham, Okehampton, Oldbury, Oldham, Ormskirk, Ossett, Oswestry, Otley, Oundle, Oxford, Padstow
Paignton, Penrith, Penzance, Pershore, Peterborough, Peterlee, Petersfield, Petworth, Plymouth, Pontefract
Portishead, Portsmouth, Potters Bar, Prescot, Preston, Prestwich, Pudsey, Radstock, Ramsbottom, Ramsgate
Rawtenstall, Rayleigh, Redcar, Redditch, Redruth, Reigate, Retford, Rickmansworth, Ringwood, Ripon
Rochdale, Rochester, Romford, Romsey, Ross on Wye, Rotherham, Royal Tunbridge Wells, Royston, Rugeley
Runcorn, Rushden, Ryde, Saffron Walden, Salford, Salisbury, Saltash, Sandbach, Sandhurst, Sandown
Saxmundham, Scarborough, Scunthorpe, Seaham, Sevenoaks, Shaftesbury, Shanklin, Sheerness, Sheffield
Shepton Mallet, Sherborne, Sheringham, Shildon, Shipley, Shoeburyness, Shoreham by Sea, Shrewsbury
Sidmouth, Sittingbourne, Skegness, Skelmersdale, Skipton, Sleaford, Smethwick, Soham, Solihull
South Shields, Southampton, Southend, Southend on Sea, Southport, Southwold, Spalding, Spennymoor
St Albans, St Austell, St Helens, St Ives, St Leonards, St Neots, Stafford, Staines, Stalybridge, Stamford
Stanford le Hope, Stanley, Stevenage, Stockport, Stockton, Stockton on Tees, Stoke, Stoke on Trent
Stourbridge, Stourport, Stowmarket, Stratford upon Avon, Sudbury, Sunderland, Sutton Coldfield
Sutton in Ashfield, Swadlincote, Swaffham, Swanage, Swanley, Swindon, Tadcaster, Tamworth, Taunton
Teignmouth, Telford, Tewkesbury, Thatcham, Thetford, Thirsk, Thornaby, Thornbury, Tidworth, Tilbury
Tiverton, Tividale, Todmorden, Tonbridge, Torquay, Totnes, Totton, Tring, Trowbridge, Truro
Tunbridge Wells, Tynemouth, Uckfield, Ulverston, Uttoxeter, Uxbridge, Ventnor, Wakefield, Wallasey
Wallingford, Wallsend, Walsall, Waltham Abbey, Walton on Thames, Walton on the Naze, Wantage, Wareham
Warminster, Warrington, Warwick, Watford, Wednesbury, Wellingborough, Welwyn, Welwyn Garden City
West Bromwich, Westminster, Weston super Mare, Wetherby, Weybridge, Weymouth, Whitby, Whitchurch
Whitehaven, Whitley Bay, Whitstable, Wickford, Widnes, Wigan, Wigston, Willenhall, Wilmslow, Winchester
Windermere, Windsor, Winsford, Wisbech, Witham, Witney, Woking, Wokingham, Wolverhampton, Wombwell
Woodbridge, Woodstock, Worcester, Workington, Worksop, Worthing, Wrexham, Wymondham, Yeovil, York
`
const ENGLISH_COUNTIES = `
County Durham, Bedfordshire, Berkshire, Buckinghamshire, Calderdale, Cambridgeshire, Cheshire, Cornwall, Cotswolds
Cumbria, Derbyshire, Devon, Dorset, East Anglia, East Sussex, East Yorkshire, Essex, Fenland
Gloucestershire, Greater London, Greater Manchester, Hampshire, Herefordshire, Hertfordshire, Humberside
Huntingdonshire, Isle of Man, Isle of Sheppey, Isle of Wight, Isles of Scilly, Kent, Kirklees, Lancashire
Leicestershire, Lincolnshire, Medway, Merseyside, Norfolk, North Yorkshire, Northamptonshire
Northumberland, Nottinghamshire, Oxfordshire, Rossendale, Rutland, Sandwell, Sefton, Shropshire, Somerset
South Yorkshire, Staffordshire, Suffolk, Surrey, Sussex, Tameside, Teesside, Thanet, Thurrock, Torbay
Trafford, Tyne and Wear, Tyneside, Warwickshire, Wearside, West Midlands, West Sussex, West Yorkshire
Wiltshire, Wirral, Worcestershire, Yorkshire
`
const LONDON = `
Abbey Wood, Balham, Barking and Dagenham, Battersea, Beckenham, Bermondsey, Bethnal Green, Bexley
Bexleyheath, Brent, Brixton, Bromley, Camberwell, Camden, Canary Wharf, Canning Town, Carshalton, Catford
Chelsea, Chingford, Chislehurst, Chiswick, Clapham, Colindale, Crouch End, Croydon, Crystal Palace
Dagenham, Dalston, Deptford, Dulwich, Ealing, Earl's Court, Earls Court, East Dulwich, East Ham, Edgware
Edmonton, Elephant and Castle, Eltham, Enfield, Erith, Feltham, Finchley, Finsbury Park, Forest Hill
Fulham, Golders Green, Greenwich, Hackney, Hackney Wick, Hammersmith, Hammersmith and Fulham, Hampstead
Hanwell, Haringey, Harlesden, Harrow, Havering, Hendon, Herne Hill, Highbury, Highgate, Hillingdon
Homerton, Hornchurch, Hornsey, Hounslow, Ilford, Isle of Dogs, Islington, Kennington, Kensington
Kensington and Chelsea, Kentish Town, Kilburn, King's Cross, Kings Cross, Kingston upon Thames, Lambeth
Lee Green, Lewisham, Leyton, Leytonstone, Limehouse, Maida Vale, Merton, Mile End, Mill Hill, Mitcham
Morden, Mottingham, Muswell Hill, New Cross, New Malden, Newham, Norbury, Northolt, Notting Hill, Orpington
Paddington, Palmers Green, Peckham, Penge, Pimlico, Pinner, Plaistow, Plumstead, Purley, Putney, Rainham
Redbridge, Richmond upon Thames, Roehampton, Rotherhithe, Ruislip, Seven Kings, Seven Sisters, Shadwell
Shepherd's Bush, Shepherds Bush, Shoreditch, Sidcup, Soho, South Norwood, Southall, Southgate, Southwark
Stamford Hill, Stanmore, Stepney, Stockwell, Stoke Newington, Stratford, Streatham, Surbiton, Sydenham
Teddington, Thamesmead, Thornton Heath, Tooting, Tottenham, Tower Hamlets, Tulse Hill, Twickenham
Upminster, Upney, Upton Park, Vauxhall, Waltham Forest, Walthamstow, Walworth, Wandsworth, Wanstead
Wapping, Wembley, West Ham, West Norwood, Whitechapel, Willesden, Wimbledon, Wood Green, Woolwich
`
const SUBURBS = `
Aigburth, Anfield, Armley, Attercliffe, Balsall Heath, Bedminster, Blackbird Leys, Bordesley, Bransholme
Braunstone, Bulwell, Burngreave, Byker, Catton, Chapel Allerton, Chapeltown, Chelston, Chorlton, Clifton
Cosham, Costessey, Croxteth, Crumpsall, Devonport, Didsbury, Digbeth, Earlham, Edgbaston, Erdington
Evington, Fallowfield, Filton, Fratton, Garston, Gipton, Gorton, Gosforth, Hackenthorpe, Handsworth
Harehills, Harpurhey, Hartcliffe, Headingley, Heavitree, Hillsborough, Hulme, Hyson Green, Jesmond
Kesgrave, King's Heath, Kings Heath, Kings Norton, Kingswood, Knowle West, Ladywood, Lakenham, Levenshulme
Longsight, Lozells, Manningham, Moseley, Moss Side, Norris Green, Oadby, Pitsmoor, Plympton, Plymstock
Portswood, Rusholme, Seacroft, Selly Oak, Shirley, Small Heath, Sneinton, Southmead, Southsea, Sparkbrook
Sparkhill, Speke, St Pauls, Toxteth, Wavertree, West Derby, Withington, Wythenshawe
`
const WALES = `
Aberaeron, Aberdare, Abergavenny, Abertillery, Aberystwyth, Ammanford, Anglesey, Bangor, Bargoed, Barry
Blaenau Ffestiniog, Blaenau Gwent, Brecon, Bridgend, Builth Wells, Caerleon, Caernarfon, Caerphilly
Cardiff, Carmarthen, Carmarthenshire, Ceredigion, Chepstow, Colwyn Bay, Conwy, Cwmbran, Denbigh
Denbighshire, Dolgellau, Ebbw Vale, Fishguard, Flintshire, Glamorgan, Gorseinon, Grangetown, Gwent, Gwynedd
Haverfordwest, Holyhead, Holywell, Lampeter, Llandrindod Wells, Llandudno, Llanelli, Llangefni, Llangollen
Llantrisant, Llantwit Major, Machynlleth, Maesteg, Merthyr, Merthyr Tydfil, Milford Haven, Monmouth
Monmouthshire, Mountain Ash, Neath, Newport, Newtown, Pembroke, Pembrokeshire, Penarth, Pontypool
Pontypridd, Port Talbot, Porthcawl, Porthmadog, Powys, Prestatyn, Pwllheli, Rhondda, Rhondda Cynon Taf
Rhyl, Ruthin, Snowdonia, Splott, St Asaph, Swansea, Tenby, Tonypandy, Torfaen, Tredegar, Treorchy
Vale of Glamorgan, Welshpool, Ynys Mon, Ystradgynlais
`
const SCOTLAND = `
Aberdeen, Aberdeenshire, Airdrie, Alloa, Arbroath, Ardrossan, Argyll, Argyll and Bute, Aviemore, Ayr
Ayrshire, Bathgate, Bearsden, Bellshill, Bishopbriggs, Bonnyrigg, Broxburn, Caithness, Cambuslang
Campbeltown, Castlemilk, Clackmannanshire, Clydebank, Coatbridge, Cowdenbeath, Craigmillar, Cumbernauld
Cumnock, Dalkeith, Drumchapel, Dumbarton, Dumfries, Dumfries and Galloway, Dundee, Dunfermline, Dunoon
East Kilbride, East Lothian, Easterhouse, Edinburgh, Elgin, Falkirk, Fife, Forfar, Fort William
Fraserburgh, Galashiels, Galloway, Glasgow, Glenrothes, Gorbals, Govan, Grangemouth, Greenock, Haddington
Hawick, Helensburgh, Inverclyde, Inverness, Inverurie, Kilmarnock, Kilwinning, Kirkcaldy, Kirkintilloch
Kirkwall, Lanark, Lanarkshire, Largs, Leith, Lerwick, Linlithgow, Livingston, Lochaber, Maryhill
Midlothian, Montrose, Moray, Motherwell, Musselburgh, Nairn, Niddrie, Oban, Orkney, Partick, Peebles
Penicuik, Perthshire, Peterhead, Pollok, Prestwick, Renfrew, Renfrewshire, Rutherglen, Saltcoats, Selkirk
Shetland, St Andrews, Stirlingshire, Stonehaven, Stornoway, Stranraer, Thurso, Troon, West Lothian
Wester Hailes, Wishaw
`
const NORTHERN_IRELAND_AND_ISLANDS = `
County Antrim, County Armagh, County Down, County Fermanagh, County Londonderry, County Tyrone
Alderney, Antrim, Armagh, Ballycastle, Ballyclare, Ballymena, Ballymoney, Banbridge, Belfast, Carrickfergus
Coleraine, Cookstown, Craigavon, Derry, Douglas, Downpatrick, Dungannon, Enniskillen, Fermanagh, Guernsey
Holywood, Kilkeel, Larne, Limavady, Lisburn, Londonderry, Lurgan, Magherafelt, Newry, Newtownabbey
Newtownards, Omagh, Portadown, Portrush, Portstewart, St Helier, St Peter Port, Strabane, Tyrone
`
/** Also ordinary words or family names: places only behind "in", "from", "to", "at", "near" and the like. */
const AMBIGUOUS = `
Acton, Alton, Aston, Bala, Barking, Barnes, Barnet, Barrow, Bath, Beeston, Belgrave, Blackwood, Boldon
Boston, Bow, Burton, Bury, Cardigan, Chantry, Chard, Cheddar, Clapton, Comber, Cowley, Deal, Denton, Diss
Easton, Ely, Everton, Fleet, Flint, Grays, Halton, Hamilton, Hatfield, Hayes, Heaton, Henley, Highfields
Holbeck, Holloway, Hyde, Hythe, Irvine, Jericho, Jersey, Johnstone, Kelso, Leek, Longton, Malton
Manor House, Marlow, Middleton, Mold, Morley, Nelson, Normanton, Northfield, Paisley, Perth, Poole, Poplar
Portobello, Radcliffe, Ramsey, Redhill, Richmond, Ripley, Rye, Sale, Sandy, Seaford, Selby, Slough
Stirling, Stroud, Sutton, Tavistock, Thame, Walker, Walton, Ware, Washington, Welling, Wellington, Wells
Wick, Woodford, Yardley, Yarm, Yate
`
/** Mostly something else even there ("in March", "to Rugby"): only behind "lives in", "moved to" and the like. */
const MOSTLY_WORDS = `
Battle, Eye, March, Reading, Rugby, Sandwich, Settle, Stone, Street
`

/** How much around it a place needs. */
export type PlaceClass = 'plain' | 'ambiguous' | 'mostly word'
export type Place = { readonly name: string; readonly kind: PlaceClass }

const LISTS: ReadonlyArray<readonly [PlaceClass, string]> = [
  ['plain', ENGLISH_TOWNS],
  ['plain', ENGLISH_COUNTIES],
  ['plain', LONDON],
  ['plain', SUBURBS],
  ['plain', WALES],
  ['plain', SCOTLAND],
  ['plain', NORTHERN_IRELAND_AND_ISLANDS],
  ['ambiguous', AMBIGUOUS],
  ['mostly word', MOSTLY_WORDS],
]

/** Places by their first run of letters ("King" for King's Lynn), the longer before the shorter. */
export const PLACES: ReadonlyMap<string, readonly Place[]> = (() => {
  const byFirst = new Map<string, Place[]>()
  for (const [kind, names] of LISTS) {
    for (const name of names.trim().split(/,\s*|\n/)) {
      const first = /^[A-Za-z]+/.exec(name)?.[0] ?? name
      byFirst.set(first, [...(byFirst.get(first) ?? []), { name, kind }])
    }
  }
  for (const places of byFirst.values()) places.sort((a, b) => b.name.length - a.name.length)
  return byFirst
})()
