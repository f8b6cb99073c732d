package org.heshi.directory.desk;

import java.util.Set;
import org.heshi.directory.Role;
import org.heshi.kernel.MenuItem;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The directory's ways in, for administrators. */
@Configuration(proxyBeanMethods = false)
class AdministrationMenu {

    private static final Set<String> ADMINISTRATOR = Set.of(Role.ADMINISTRATOR.code());

    @Bean
    MenuItem unitsMenu() {
        return new MenuItem("directory.menu.units", "/admin/units", "building", 110, ADMINISTRATOR);
    }

    @Bean
    MenuItem handlingMenu() {
        return new MenuItem("directory.menu.handling", "/admin/handling", "flow", 120, ADMINISTRATOR);
    }

    @Bean
    MenuItem categoriesMenu() {
        return new MenuItem("directory.menu.categories", "/admin/categories", "tag", 130, ADMINISTRATOR);
    }

    @Bean
    MenuItem directoryImportMenu() {
        return new MenuItem("directory.menu.import", "/admin/import", "upload", 140, ADMINISTRATOR);
    }
}
