package org.heshi.matters.orders;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.heshi.access.Acting;
import org.heshi.directory.Role;
import org.heshi.kernel.MenuItem;
import org.heshi.kernel.Page;
import org.heshi.matters.queue.Line;
import org.heshi.matters.view.MatterViews;
import org.heshi.matters.view.MatterViews.Order;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The orders that the acting post's unit keeps as their desk and has not handed back yet, oldest first. */
@Controller
class OrdersController {

    private static final int PAGE = 50;

    private final MatterViews views;
    private final InstantSource clock;

    OrdersController(MatterViews views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    @GetMapping("/orders")
    String orders(@RequestParam(defaultValue = "") String after, Model model) {
        Acting.staffWith(Role.WINDOW_CLERK, Role.DISPATCHER, Role.HEAD, Role.SUPERVISOR);
        Page<Order> found = views.orders(after.isEmpty() ? Optional.empty() : Optional.of(after), PAGE);
        model.addAllAttributes(Map.of(
                "orders", found.rows().stream().map(order -> new OrderLine(order.number(), Line.of(order.row(), clock.instant(), false), order.answered())).toList(),
                "next", found.next().map(key -> "/orders?after=" + key).orElse(""), "first", after.isEmpty() ? "" : "/orders"));
        return "matters/orders/page";
    }

    @Bean
    static MenuItem ordersItem() {
        return new MenuItem("matters.orders.menu", "/orders", "list", 25, Set.of("window-clerk", "dispatcher"));
    }
}
