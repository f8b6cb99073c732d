package org.heshi.mediation;

import java.util.List;
import java.util.UUID;

/** Enters committees with their mediators and rooms as a whole, as an import or the demo county does; who acts must be a machine. */
public interface MediationRoster {

    /**
     * Entered twice it is as it was entered last; rooms that are there already stay.
     *
     * @throws java.util.NoSuchElementException for a unit or a mediator's post that is not there
     */
    void enter(Committee committee);

    /**
     * @param sort  {@code village}, {@code town}, {@code region}, {@code enterprise}, {@code trade} or {@code studio}
     * @param field of a trade committee, such as {@code medical}; else empty
     */
    record Committee(UUID unit, String sort, String field, String intro, List<Member> members, List<String> rooms) {

        public Committee {
            members = List.copyOf(members);
            rooms = List.copyOf(rooms);
        }
    }

    /**
     * @param post     with the role of a mediator
     * @param standing {@code director}, {@code deputy}, {@code member} or {@code hired}
     * @param skills   of the fifteen types of disputes, as the statistics write them
     * @param most     how many open cases at a time
     * @param listed   whether it stands on the public page
     */
    record Member(UUID post, String standing, boolean woman, List<String> skills, List<String> languages, int most, boolean listed) {

        public Member {
            skills = List.copyOf(skills);
            languages = List.copyOf(languages);
        }
    }
}
