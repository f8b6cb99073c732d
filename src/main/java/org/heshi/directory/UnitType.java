package org.heshi.directory;

/** Kinds of organisations in the county. */
public enum UnitType {
    CENTRE, DEPARTMENT, TOWN, VILLAGE_COMMITTEE, MEDIATION_COMMITTEE, COURT, POLICE_STATION, JUDICIAL_OFFICE, GRID_TEAM, PROVIDER;

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
