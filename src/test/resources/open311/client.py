"""A client of Open311 GeoReport v2 that knows nothing of the program it talks to: written from the specification, with Python's standard library alone.

python3 client.py DISCOVERY_URL API_KEY [ADDRESS_ID]     prints one line of JSON with what it found; leaves with 1 when anything is not as specified.
"""
import json
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as ElementTree

W3C = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
REQUEST = ["service_request_id", "status", "service_name", "service_code", "requested_datetime", "updated_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url"]
wrong = []


def expect(good, what):
    if not good:
        wrong.append(what)


def fetch(url, form=None):
    data = None if form is None else urllib.parse.urlencode(form, doseq=True).encode("utf-8")
    request = urllib.request.Request(url, data=data)
    if form is not None:
        request.add_header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read()


def read_xml(url, form=None):
    status, headers, body = fetch(url, form)
    expect(headers.get("Content-Type", "").replace(" ", "").lower() == "text/xml;charset=utf-8", "content type of " + url + ": " + str(headers.get("Content-Type")))
    expect(body.decode("utf-8").lower().startswith('<?xml version="1.0" encoding="utf-8"?>'), "declaration of " + url)
    return status, ElementTree.fromstring(body)


def read_json(url, form=None):
    status, headers, body = fetch(url, form)
    expect(headers.get("Content-Type", "").replace(" ", "").lower() == "application/json;charset=utf-8", "content type of " + url + ": " + str(headers.get("Content-Type")))
    return status, json.loads(body.decode("utf-8"))


def main():
    discovery, key = sys.argv[1], sys.argv[2]
    status, document = read_xml(discovery)
    expect(status == 200 and document.tag == "discovery", "discovery")
    endpoints = [e for e in document.iter("endpoint") if e.findtext("specification") == "http://wiki.open311.org/GeoReport_v2" and e.findtext("type") == "production"]
    expect(len(endpoints) == 1, "endpoint")
    formats = [f.text for f in endpoints[0].iter("format")]
    expect("text/xml" in formats and "application/json" in formats, "formats")
    status, other = read_json(re.sub(r"\.xml$", ".json", discovery))
    expect(other["endpoints"][0]["url"] == endpoints[0].findtext("url"), "discovery in JSON")
    # where it was found counts, whatever host it names of itself
    base = discovery.rsplit("/", 1)[0] + "/v2"

    status, services = read_json(base + "/services.json")
    expect(status == 200 and isinstance(services, list) and services, "services are a bare array")
    status, listed = read_xml(base + "/services.xml")
    expect(listed.tag == "services" and [s.findtext("service_code") for s in listed] == [s["service_code"] for s in services], "services in XML")
    for service in services:
        expect(isinstance(service["metadata"], bool) and service["type"] in ("realtime", "batch", "blackbox"), "service " + service["service_code"])
    asked = {}
    for service in [s for s in services if s["metadata"]]:
        status, definition = read_json(base + "/services/" + service["service_code"] + ".json")
        expect(definition["service_code"] == service["service_code"], "definition")
        for attribute in definition["attributes"]:
            expect(attribute["datatype"] in ("string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"), "datatype")
            expect(isinstance(attribute["order"], int) and attribute["order"] > 0, "order")
            if attribute["datatype"].endswith("valuelist"):
                expect(len(attribute["values"]) > 0 and all(v["key"] and v["name"] for v in attribute["values"]), "values")
        asked[service["service_code"]] = definition["attributes"]

    realtime = [s for s in services if s["type"] == "realtime"]
    form = {"api_key": key, "service_code": realtime[0]["service_code"], "description": "客户端的描述 & <b>", "email": "smit333@example.org", "device_id": "tt222111"}
    form["address_string" if len(sys.argv) < 4 else "address_id"] = "1234 5th street" if len(sys.argv) < 4 else sys.argv[3]
    for attribute in asked.get(realtime[0]["service_code"], []):
        if attribute["required"]:
            answer = {"number": "1", "datetime": "2026-01-01T00:00:00Z"}.get(attribute["datatype"], "x")
            form["attribute[%s]" % attribute["code"]] = attribute["values"][0]["key"] if attribute["values"] else answer
    status, made = read_json(base + "/requests.json", form)
    expect(status == 200 and isinstance(made, list) and len(made) == 1 and made[0]["service_request_id"] and "token" not in made[0], "POST: %s %s" % (status, made))
    number = made[0]["service_request_id"] if status == 200 else ""
    status, made = read_xml(base + "/requests.xml", form)
    expect(status == 200 and made.tag == "service_requests" and made[0].tag == "request" and made[0].findtext("service_request_id") == number, "POST of the same in XML")
    status, made = read_xml(base + "/requests.xml", dict(form, description="客户端的另一段描述"))
    expect(status == 200 and made[0].findtext("service_request_id") not in ("", None, number), "POST in XML")
    for missing, code in (("api_key", 403), ("service_code", 400)):
        status, errors = read_json(base + "/requests.json", {k: v for k, v in form.items() if k != missing})
        expect(status == code and isinstance(errors, list) and errors[0]["code"] == code and errors[0]["description"], "error without " + missing)
    status, errors = read_xml(base + "/requests.xml", dict(form, service_code="no-such"))
    expect(status == 404 and errors.tag == "errors" and errors[0].tag == "error" and errors[0].findtext("code") == "404", "error in XML")

    status, mine = read_json(base + "/requests/" + number + ".json?api_key=" + urllib.parse.quote(key))
    expect(status == 200 and mine[0]["service_request_id"] == number and mine[0]["status"] == "open", "own request")
    status, requests = read_json(base + "/requests.json?page_size=50")
    expect(status == 200 and isinstance(requests, list), "requests are a bare array")
    for request in requests + mine:
        expect(all(field in request for field in REQUEST), "fields of a request: %s" % sorted(request))
        expect(request["status"] in ("open", "closed"), "status")
        expect(W3C.match(request["requested_datetime"]) and W3C.match(request["updated_datetime"]), "dates of " + request["service_request_id"])
        expect("tt222111" not in json.dumps(request) and "客户端的描述" not in json.dumps(request, ensure_ascii=False), "words")
    status, same = read_xml(base + "/requests.xml?page_size=50")
    expect(same.tag == "service_requests" and all(child.tag == "request" for child in same), "requests in XML")
    status, updates = read_json(base + "/servicerequestupdates.json")
    expect(status == 200 and isinstance(updates, list), "updates")
    status, kept = read_json(base + "/servicerequestupdates.json", {"api_key": key, "update_id": "client-" + number, "service_request_id": number, "status": "OPEN",
                                                                  "updated_datetime": "2026-01-01T00:00:00Z", "description": "补充"})
    expect(status == 200 and kept[0]["update_id"], "update: %s" % kept)
    status, errors = read_json(base + "/requests.json?start_date=2026-01-01T00:00:00")
    expect(status == 400 and errors[0]["code"] == 400, "date without zone")
    status, errors = read_json(base + "/requests.json?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z")
    expect(status == 400, "span")
    status, errors = read_json(base + "/tokens/none.json")
    expect(status == 404, "token")
    print(json.dumps({"services": len(services), "requests": len(requests), "made": number, "wrong": wrong}, ensure_ascii=False))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
