<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>Doorstep</name>
    <message>
        <source>Another day…</source>
        <translation>改日期…</translation>
    </message>
    <message>
        <source>Count in every plan of this depot</source>
        <translation>此據點的每個計畫都採用</translation>
    </message>
    <message>
        <source>Wis&amp;hes…</source>
        <translation>規劃偏好(&amp;H)…</translation>
    </message>
    <message>
        <source>Even days, compact areas, familiar drivers: sliders whose effect is seen before anything changes</source>
        <translation>工時均衡、區域集中、熟悉的司機：調整滑桿，變更前先看效果</translation>
    </message>
    <message>
        <source>Hours of all routes</source>
        <translation>所有路線工時</translation>
    </message>
    <message>
        <source>Between longest and shortest route</source>
        <translation>最長與最短路線的差距</translation>
    </message>
    <message>
        <source>From a stop to the middle of its route</source>
        <translation>站點到路線中心的距離</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>目前</translation>
    </message>
    <message>
        <source>Cheapest</source>
        <translation>最省</translation>
    </message>
    <message>
        <source>With wishes</source>
        <translation>依偏好</translation>
    </message>
    <message>
        <source>Effect of the wishes</source>
        <translation>偏好的影響</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>A little</source>
        <translation>輕微</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>適中</translation>
    </message>
    <message>
        <source>Strong</source>
        <translation>強烈</translation>
    </message>
    <message>
        <source>Wishes</source>
        <translation>規劃偏好</translation>
    </message>
    <message>
        <source>A plan that is only cheap may be uneven. Say what else counts; the effect is worked out before anything changes.</source>
        <translation>只求省錢的計畫可能不均衡。請說明還要考量什麼；任何變更之前都會先算出影響。</translation>
    </message>
    <message>
        <source>Even days</source>
        <translation>工時均衡</translation>
    </message>
    <message>
        <source>Long routes hand work to short ones</source>
        <translation>長路線分擔工作給短路線</translation>
    </message>
    <message>
        <source>Compact areas</source>
        <translation>區域集中</translation>
    </message>
    <message>
        <source>Each driver keeps to one part of the town</source>
        <translation>每位司機固定在同一區域</translation>
    </message>
    <message>
        <source>Familiar driver</source>
        <translation>熟悉的司機</translation>
    </message>
    <message>
        <source>Customers see the driver who knows them</source>
        <translation>由熟悉客戶的司機送達</translation>
    </message>
    <message>
        <source>Only the cost</source>
        <translation>只看成本</translation>
    </message>
    <message>
        <source>Propose this plan</source>
        <translation>提出此計畫</translation>
    </message>
    <message>
        <source>Nobody knows these customers yet: no committed plan served them before</source>
        <translation>尚無司機熟悉這些客戶：先前沒有已確認的計畫服務過他們</translation>
    </message>
    <message>
        <source>Looking for the cheapest plan</source>
        <translation>正在尋找最省的計畫</translation>
    </message>
    <message>
        <source>Trying these wishes</source>
        <translation>正在試算這些偏好</translation>
    </message>
    <message>
        <source>Nobody has been promised a time: no one has to be told.</source>
        <translation>尚未向任何人承諾時間，無須通知。</translation>
    </message>
    <message>
        <source>Move to another day</source>
        <translation>移到其他日期</translation>
    </message>
    <message>
        <source>Keep the hours of the time windows</source>
        <translation>保留原時段的鐘點</translation>
    </message>
    <message>
        <source>Otherwise any time of that day will do</source>
        <translation>否則當天任何時間皆可</translation>
    </message>
    <message>
        <source>No shifts on that day yet</source>
        <translation>當天尚無班次</translation>
    </message>
    <message>
        <source>Swap with another driver</source>
        <translation>與其他司機對調</translation>
    </message>
    <message>
        <source>Repair around my change</source>
        <translation>以我的變更為準修補</translation>
    </message>
    <message>
        <source>Other stops that may move at most</source>
        <translation>其他站點最多可移動</translation>
    </message>
    <message>
        <source>It keeps its place in the route too</source>
        <translation>在路線中的順位也保持不變</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修補</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修補…</translation>
    </message>
    <message>
        <source>The result is a proposal: nothing changes before you apply it.</source>
        <translation>結果為提案；套用之前不會有任何變更。</translation>
    </message>
    <message>
        <source>By this change</source>
        <translation>此變更造成</translation>
    </message>
    <message>
        <source>Hand over the rest of the route</source>
        <translation>轉交路線的其餘站點</translation>
    </message>
    <message>
        <source>From this stop on</source>
        <translation>從此站起</translation>
    </message>
    <message>
        <source>To these drivers</source>
        <translation>轉交給這些司機</translation>
    </message>
    <message>
        <source>To whom? Ctrl and a click, or Ctrl and Space, choose a second driver.</source>
        <translation>轉交給誰？按住 Ctrl 點選，或按 Ctrl+空白鍵，可選第二位司機。</translation>
    </message>
    <message>
        <source>Back at</source>
        <translation>返回時間</translation>
    </message>
    <message>
        <source>Best route for this</source>
        <translation>最佳路線</translation>
    </message>
    <message>
        <source>Best places</source>
        <translation>最佳位置</translation>
    </message>
    <message>
        <source>Looking for the best places…</source>
        <translation>正在尋找最佳位置…</translation>
    </message>
    <message>
        <source>Move there</source>
        <translation>移到該處</translation>
    </message>
    <message>
        <source>✓ It is there now</source>
        <translation>✓ 目前就在此處</translation>
    </message>
    <message>
        <source>✓ Breaks nothing</source>
        <translation>✓ 無違規</translation>
    </message>
    <message>
        <source>No route can take it: every route is locked, or it cannot be planned at all.</source>
        <translation>沒有路線可以承接：所有路線都已鎖定，或此訂單無法規劃。</translation>
    </message>
    <message>
        <source>1 to 5 choose, Enter moves there.</source>
        <translation>按 1 到 5 選擇，按 Enter 移到該處。</translation>
    </message>
    <message>
        <source>As stop</source>
        <translation>站序</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>規則</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>選取</translation>
    </message>
    <message>
        <source>Best route for this…</source>
        <translation>最佳路線…</translation>
    </message>
    <message>
        <source>The five best places for what is selected, with price, minutes and broken rules</source>
        <translation>所選項目的五個最佳位置，附成本、時間與違規</translation>
    </message>
    <message>
        <source>First in the route</source>
        <translation>移到路線最前</translation>
    </message>
    <message>
        <source>Moves the selected stops to the beginning of their route</source>
        <translation>將所選站點移到路線最前面</translation>
    </message>
    <message>
        <source>Last in the route</source>
        <translation>移到路線最後</translation>
    </message>
    <message>
        <source>Moves the selected stops to the end of their route</source>
        <translation>將所選站點移到路線最後面</translation>
    </message>
    <message>
        <source>Swap two stops</source>
        <translation>對調兩站</translation>
    </message>
    <message>
        <source>Puts two selected stops in each other's places, in one route or in two</source>
        <translation>將所選的兩站互換位置，同一路線或兩條路線皆可</translation>
    </message>
    <message>
        <source>Select exactly two stops of routes first.</source>
        <translation>請先選取剛好兩個路線站點。</translation>
    </message>
    <message>
        <source>Swap with another driver…</source>
        <translation>與其他司機對調…</translation>
    </message>
    <message>
        <source>Two drivers exchange all their stops</source>
        <translation>兩位司機互換所有站點</translation>
    </message>
    <message>
        <source>Turn the order round</source>
        <translation>反轉順序</translation>
    </message>
    <message>
        <source>Puts the selected stops in the opposite order; with none selected, the whole route in view</source>
        <translation>將所選站點的順序反轉；未選取時反轉目前的整條路線</translation>
    </message>
    <message>
        <source>Hand over the rest of the route…</source>
        <translation>轉交路線其餘站點…</translation>
    </message>
    <message>
        <source>Gives the stops from one on to one or two other drivers, in the same order</source>
        <translation>從某站起將站點依原順序轉交給一或兩位其他司機</translation>
    </message>
    <message>
        <source>Move to another day…</source>
        <translation>移到其他日期…</translation>
    </message>
    <message>
        <source>Puts the selected orders on another day; shows what is on that day and who has to be told</source>
        <translation>將所選訂單移到其他日期；顯示當天負荷與須通知的客戶</translation>
    </message>
    <message>
        <source>Repair around my change…</source>
        <translation>以我的變更為準修補…</translation>
    </message>
    <message>
        <source>What you moved last stays where you put it; a few other stops may move so that everything fits again</source>
        <translation>您最後移動的站點保持原位；少數其他站點可以移動，讓計畫恢復可行</translation>
    </message>
    <message>
        <source>Move a stop first.</source>
        <translation>請先移動一個站點。</translation>
    </message>
    <message>
        <source>Select with a polygon</source>
        <translation>以多邊形選取</translation>
    </message>
    <message>
        <source>Click the corners of an area on the map; a double click or Enter selects what lies in it</source>
        <translation>在地圖上點選區域的各個角；按兩下或按 Enter 選取其中的站點</translation>
    </message>
    <message>
        <source>All in this street</source>
        <translation>同一街道的所有訂單</translation>
    </message>
    <message>
        <source>Selects the orders in the streets of the selection</source>
        <translation>選取與所選訂單同一街道的訂單</translation>
    </message>
    <message>
        <source>All of this window</source>
        <translation>同一時段的所有訂單</translation>
    </message>
    <message>
        <source>Selects the orders with the same promised windows</source>
        <translation>選取承諾時段相同的訂單</translation>
    </message>
    <message>
        <source>All of this customer</source>
        <translation>同一客戶的所有訂單</translation>
    </message>
    <message>
        <source>Selects the orders of the same customers</source>
        <translation>選取同一客戶的訂單</translation>
    </message>
    <message>
        <source>Same postcode</source>
        <translation>相同郵遞區號</translation>
    </message>
    <message>
        <source>Selects the orders with the same postcodes</source>
        <translation>選取郵遞區號相同的訂單</translation>
    </message>
    <message>
        <source>The whole route</source>
        <translation>整條路線</translation>
    </message>
    <message>
        <source>Selects every stop of the selected stops' routes, or of the route in view</source>
        <translation>選取所選站點所屬路線的所有站點，或目前路線的所有站點</translation>
    </message>
    <message>
        <source>Invert the selection</source>
        <translation>反向選取</translation>
    </message>
    <message>
        <source>Selects the other orders that the table shows</source>
        <translation>改選表格中未選取的其他訂單</translation>
    </message>
    <message>
        <source>Broken rules</source>
        <translation>違規</translation>
    </message>
    <message>
        <source>Stability cur&amp;ve…</source>
        <translation>變動曲線(&amp;V)…</translation>
    </message>
    <message>
        <source>Shows what the day costs when 0, 1, 2, 3, 5, 10 or any number of stops may move, and proposes the one you take</source>
        <translation>顯示最多變動 0、1、2、3、5、10 站或不限站數時當天的成本，並將您採用的方案列為提案</translation>
    </message>
    <message>
        <source>Stability curve</source>
        <translation>變動曲線</translation>
    </message>
    <message>
        <source>May move</source>
        <translation>可變動</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已變動</translation>
    </message>
    <message>
        <source>Saves</source>
        <translation>節省</translation>
    </message>
    <message>
        <source>To tell</source>
        <translation>須通知</translation>
    </message>
    <message>
        <source>Knee</source>
        <translation>轉折點</translation>
    </message>
    <message>
        <source>Any number</source>
        <translation>不限站數</translation>
    </message>
    <message>
        <source>None: only put in</source>
        <translation>不變動，只插入</translation>
    </message>
    <message>
        <source>Cost over moved stops</source>
        <translation>成本與變動站數</translation>
    </message>
    <message>
        <source>Stops that move</source>
        <translation>變動的站數</translation>
    </message>
    <message>
        <source>Points of the curve</source>
        <translation>曲線上的方案</translation>
    </message>
    <message>
        <source>Compute again</source>
        <translation>重新計算</translation>
    </message>
    <message>
        <source>Take this one</source>
        <translation>採用此方案</translation>
    </message>
    <message>
        <source>Shows this plan as the proposal; nothing changes before you apply it</source>
        <translation>將此方案列為提案；套用前不會有任何變更</translation>
    </message>
    <message>
        <source>The plan has changed since. Compute the curve again.</source>
        <translation>計畫已有變更，請重新計算曲線。</translation>
    </message>
    <message>
        <source>How cheap can the plan become when so few of its stops may change route or order? Each point is a plan that can be taken.</source>
        <translation>只讓少數站點更換路線或順序時，計畫能省多少？每個點都是可以採用的方案。</translation>
    </message>
    <message>
        <source>Moving stops saves nothing: no cheaper plan was found.</source>
        <translation>變動站點不會更省：找不到更便宜的計畫。</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進度</translation>
    </message>
    <message>
        <source>Shows these orders in the order table</source>
        <translation>在訂單表顯示這些訂單</translation>
    </message>
    <message>
        <source>Keeps words, filters, columns and order of the order table under a name</source>
        <translation>將訂單表的搜尋字、篩選、欄位與排序存成檢視</translation>
    </message>
    <message>
        <source>Chooses the columns of the order table and their order</source>
        <translation>選擇訂單表的欄位與順序</translation>
    </message>
    <message>
        <source>Order &amp;views</source>
        <translation>訂單檢視(&amp;V)</translation>
    </message>
    <message>
        <source>First time</source>
        <translation>首次告知</translation>
    </message>
    <message>
        <source>As told</source>
        <translation>維持不變</translation>
    </message>
    <message>
        <source>No visit any more</source>
        <translation>不再到訪</translation>
    </message>
    <message>
        <source>Since the last version</source>
        <translation>與上一版相比</translation>
    </message>
    <message>
        <source>What they hear</source>
        <translation>客戶得知</translation>
    </message>
    <message>
        <source>Told</source>
        <translation>已告知</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>客戶</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>不變</translation>
    </message>
    <message>
        <source>Nothing is late, broken or left out.</source>
        <translation>沒有遲到、違規或未排入。</translation>
    </message>
    <message>
        <source>No channel is set up: nothing is sent. Drivers and customers have to be told by other means.</source>
        <translation>尚未設定任何通知管道，不會送出任何訊息。請以其他方式通知司機與客戶。</translation>
    </message>
    <message>
        <source>&amp;Compare with the plan</source>
        <translation>與計畫比較</translation>
    </message>
    <message>
        <source>Lists stop by stop and driver by driver what the proposal changes</source>
        <translation>逐站、逐司機列出提案的變動</translation>
    </message>
    <message>
        <source>Show the plan as it &amp;is</source>
        <translation>顯示目前的計畫</translation>
    </message>
    <message>
        <source>Shows the plan in place of the proposal, and the proposal again</source>
        <translation>暫時顯示目前的計畫，再按一次回到提案</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比較</translation>
    </message>
    <message>
        <source>Stops that change</source>
        <translation>有變動的站點</translation>
    </message>
    <message>
        <source>Plan as it is</source>
        <translation>目前計畫</translation>
    </message>
    <message>
        <source>Drivers</source>
        <translation>司機</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Changes route</source>
        <translation>換路線</translation>
    </message>
    <message>
        <source>Newly planned</source>
        <translation>新排入</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>未排入</translation>
    </message>
    <message>
        <source>Other place</source>
        <translation>換順序</translation>
    </message>
    <message>
        <source>Other time</source>
        <translation>換時間</translation>
    </message>
    <message>
        <source>What</source>
        <translation>變動</translation>
    </message>
    <message>
        <source>Now in</source>
        <translation>目前</translation>
    </message>
    <message>
        <source>Then in</source>
        <translation>提案後</translation>
    </message>
    <message>
        <source>Later / earlier</source>
        <translation>延後／提前</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>變動</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>no other stops</source>
        <translation>站點不變</translation>
    </message>
    <message>
        <source>in time, was ▲ +{span}</source>
        <translation>準時（原 ▲ +{span}）</translation>
    </message>
    <message>
        <source>told {time}</source>
        <translation>已告知 {time}</translation>
    </message>
    <message>
        <source>committed</source>
        <translation>已確認</translation>
    </message>
    <message>
        <source>{route} · stop {number}</source>
        <translation>{route} · 第 {number} 站</translation>
    </message>
    <message>
        <source>Filter: number, name, street, route:3…</source>
        <translation>篩選：單號、姓名、街道、route:3…</translation>
    </message>
    <message>
        <source>Words that an order must hold, all of them. With the name of a column and a colon only there: route:3, skills:lift.</source>
        <translation>訂單須含所有輸入的字。欄名加冒號則只找該欄：route:3、路線:3。</translation>
    </message>
    <message>
        <source>Filter by plan, window or route</source>
        <translation>依計畫、時段或路線篩選</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>篩選</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>選擇欄位</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>選擇欄位…</translation>
    </message>
    <message>
        <source>View: {name}</source>
        <translation>檢視：{name}</translation>
    </message>
    <message>
        <source>Save as a view…</source>
        <translation>另存為檢視…</translation>
    </message>
    <message>
        <source>Rename the view…</source>
        <translation>重新命名檢視…</translation>
    </message>
    <message>
        <source>Delete the view</source>
        <translation>刪除檢視</translation>
    </message>
    <message>
        <source>Reset columns and widths</source>
        <translation>還原欄位與寬度</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除篩選</translation>
    </message>
    <message>
        <source>Lift the filter {name}</source>
        <translation>取消篩選「{name}」</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>所有欄位</translation>
    </message>
    <message>
        <source>Shown columns, from left to right</source>
        <translation>顯示的欄位，由左至右</translation>
    </message>
    <message>
        <source>Shown, from left to right</source>
        <translation>顯示順序（由左至右）</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>還原</translation>
    </message>
    <message>
        <source>Alt with the arrows moves a column.</source>
        <translation>Alt 加方向鍵可移動欄位。</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>檢視名稱</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>It keeps words, filters, columns and order.</source>
        <translation>會保存搜尋字、篩選、欄位與排序。</translation>
    </message>
    <message>
        <source>Save as a view</source>
        <translation>另存為檢視</translation>
    </message>
    <message>
        <source>Rename the view</source>
        <translation>重新命名檢視</translation>
    </message>
    <message>
        <source>No order matches “{words}”.</source>
        <translation>沒有訂單符合「{words}」。</translation>
    </message>
    <message>
        <source>No order matches these filters.</source>
        <translation>沒有訂單符合這些篩選。</translation>
    </message>
    <message>
        <source>No order belongs to this view.</source>
        <translation>此檢視沒有訂單。</translation>
    </message>
    <message>
        <source>The view “{name}” is deleted.</source>
        <translation>已刪除檢視「{name}」。</translation>
    </message>
    <message>
        <source>No route</source>
        <translation>無路線</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>不限時段</translation>
    </message>
    <message>
        <source>All orders</source>
        <translation>全部訂單</translation>
    </message>
    <message>
        <source>Unplanned</source>
        <translation>未排</translation>
    </message>
    <message>
        <source>Tight windows</source>
        <translation>時段緊迫</translation>
    </message>
    <message>
        <source>In danger</source>
        <translation>有風險</translation>
    </message>
    <message>
        <source>Bad addresses</source>
        <translation>地址有誤</translation>
    </message>
    <message>
        <source>Cash on delivery open</source>
        <translation>貨到付款未收</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>識別</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地點</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承諾</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退件</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>種類</translation>
    </message>
    <message>
        <source>Goes with</source>
        <translation>配對單</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備註</translation>
    </message>
    <message>
        <source>Preferred</source>
        <translation>偏好時段</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message>
        <source>Vehicle needs</source>
        <translation>車輛需求</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>車輛</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>司機</translation>
    </message>
    <message>
        <source>Map &amp;follows the selection</source>
        <translation>地圖跟隨選取項目(&amp;F)</translation>
    </message>
    <message>
        <source>Brings what is selected elsewhere into view on the map</source>
        <translation>將其他面板選取的項目移入地圖視野</translation>
    </message>
    <message>
        <source>Le&amp;gend</source>
        <translation>圖例(&amp;G)</translation>
    </message>
    <message>
        <source>Explains the routes and marks of the map</source>
        <translation>說明地圖上的路線與標記</translation>
    </message>
    <message>
        <source>Show routes without stops</source>
        <translation>顯示沒有站點的路線</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>看板</translation>
    </message>
    <message>
        <source>No stops</source>
        <translation>沒有站點</translation>
    </message>
    <message>
        <source>Stop {number}</source>
        <translation>第 {number} 站</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待確認</translation>
    </message>
    <message>
        <source>&amp;About Doorstep</source>
        <translation>關於 Doorstep(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Apply the proposal</source>
        <translation>套用提案(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Areas…</source>
        <translation>地區(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Commit the plan…</source>
        <translation>確認計畫(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Discard the proposal</source>
        <translation>捨棄提案(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Earlier in the route</source>
        <translation>在路線中提前(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編輯(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>檔案(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Find in orders</source>
        <translation>在訂單中尋找(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>說明(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Import orders…</source>
        <translation>匯入訂單(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>快速鍵(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Later in the route</source>
        <translation>在路線中延後(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>淺色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>地圖(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Move to route…</source>
        <translation>移到路線(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Next day</source>
        <translation>後一天(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Optimise the day</source>
        <translation>最佳化整天(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Orders</source>
        <translation>訂單(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Plan</source>
        <translation>規劃(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>結束(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Routes</source>
        <translation>路線(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Today</source>
        <translation>今天(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>復原(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>檢視(&amp;V)</translation>
    </message>
    <message>
        <source>About Doorstep</source>
        <translation>關於 Doorstep</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Address state</source>
        <translation>地址狀態</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
    <message>
        <source>All orders are in routes.</source>
        <translation>所有訂單都已排入路線。</translation>
    </message>
    <message>
        <source>Also overwrite orders that are under way</source>
        <translation>一併覆寫配送中的訂單</translation>
    </message>
    <message>
        <source>An area is made of an OpenStreetMap extract (.osm.pbf): roads, addresses and the map, for use without a network.</source>
        <translation>地區由 OpenStreetMap 擷取檔（.osm.pbf）建立，包含道路、地址與地圖，無網路也能使用。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>套用</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>地區</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>地區</translation>
    </message>
    <message>
        <source>Areas…</source>
        <translation>地區…</translation>
    </message>
    <message>
        <source>Arrival</source>
        <translation>預計到達</translation>
    </message>
    <message>
        <source>At the door</source>
        <translation>停留</translation>
    </message>
    <message>
        <source>Attempt failed</source>
        <translation>投遞失敗</translation>
    </message>
    <message>
        <source>Awaiting customer</source>
        <translation>等候客戶</translation>
    </message>
    <message>
        <source>Back to the &amp;pool</source>
        <translation>移回待派(&amp;P)</translation>
    </message>
    <message>
        <source>Between two numbers</source>
        <translation>推估門牌</translation>
    </message>
    <message>
        <source>Brand</source>
        <translation>品牌</translation>
    </message>
    <message>
        <source>Build an area</source>
        <translation>建立地區</translation>
    </message>
    <message>
        <source>Build from a file…</source>
        <translation>從檔案建立…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>取消工作</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Cargo bike</source>
        <translation>貨運單車</translation>
    </message>
    <message>
        <source>Cash on delivery</source>
        <translation>貨到付款</translation>
    </message>
    <message>
        <source>Choose a route in the list to see its stops.</source>
        <translation>在清單中選擇路線以查看站點。</translation>
    </message>
    <message>
        <source>Choose an order or a stop to see what is known of it.</source>
        <translation>選擇訂單或站點以查看詳細資料。</translation>
    </message>
    <message>
        <source>Choose the day</source>
        <translation>選擇日期</translation>
    </message>
    <message>
        <source>Click on the map where the order goes. Escape ends it.</source>
        <translation>請在地圖上點選訂單位置，按 Esc 結束。</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>剪貼簿</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已結案</translation>
    </message>
    <message>
        <source>Closures</source>
        <translation>封路</translation>
    </message>
    <message>
        <source>Colours of the s&amp;ystem</source>
        <translation>跟隨系統配色(&amp;Y)</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>欄</translation>
    </message>
    <message>
        <source>Columns of the file</source>
        <translation>檔案的欄</translation>
    </message>
    <message>
        <source>Commit the plan</source>
        <translation>確認計畫</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Contactless</source>
        <translation>無接觸</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>複製報告</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>國家</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>幣別</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客戶</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>毀損</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Day of the shifts</source>
        <translation>班次日期</translation>
    </message>
    <message>
        <source>Delivered</source>
        <translation>已送達</translation>
    </message>
    <message>
        <source>Delivered, proof missing</source>
        <translation>已送達，缺簽收</translation>
    </message>
    <message>
        <source>Depot</source>
        <translation>倉庫</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳細資料</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>捨棄</translation>
    </message>
    <message>
        <source>Disputed</source>
        <translation>有爭議</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>距離</translation>
    </message>
    <message>
        <source>District</source>
        <translation>行政區</translation>
    </message>
    <message>
        <source>Divided by</source>
        <translation>分隔符號</translation>
    </message>
    <message>
        <source>Doorstep met a fault. What was saved is safe; the last act may not have been done.</source>
        <translation>Doorstep 發生問題。已儲存的資料安全無虞；最後一個動作可能未完成。</translation>
    </message>
    <message>
        <source>Doorstep plans the last mile: orders, routes on real roads, and what is promised, without a network.</source>
        <translation>Doorstep 規劃最後一哩配送：訂單、真實道路上的路線與承諾，無需網路。</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Draw a &amp;closure</source>
        <translation>畫封路(&amp;C)</translation>
    </message>
    <message>
        <source>Driver's skills</source>
        <translation>司機技能</translation>
    </message>
    <message>
        <source>Drone</source>
        <translation>無人機</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>電子郵件</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>編碼</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>正確</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>數字</translation>
    </message>
    <message>
        <source>Filter orders</source>
        <translation>篩選訂單</translation>
    </message>
    <message>
        <source>Finding addresses</source>
        <translation>正在定位地址</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>名</translation>
    </message>
    <message>
        <source>Flat or floor</source>
        <translation>樓層或室</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>貨物</translation>
    </message>
    <message>
        <source>Handling</source>
        <translation>處理方式</translation>
    </message>
    <message>
        <source>House number</source>
        <translation>門牌</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>匯入</translation>
    </message>
    <message>
        <source>Import &amp;fleet…</source>
        <translation>匯入車隊(&amp;F)…</translation>
    </message>
    <message>
        <source>Import fleet</source>
        <translation>匯入車隊</translation>
    </message>
    <message>
        <source>Import fleet…</source>
        <translation>匯入車隊…</translation>
    </message>
    <message>
        <source>Import from &amp;clipboard…</source>
        <translation>從剪貼簿匯入(&amp;C)…</translation>
    </message>
    <message>
        <source>Import orders</source>
        <translation>匯入訂單</translation>
    </message>
    <message>
        <source>Import orders…</source>
        <translation>匯入訂單…</translation>
    </message>
    <message>
        <source>In a route</source>
        <translation>已排入</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>配送中</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快速鍵</translation>
    </message>
    <message>
        <source>Kind of task</source>
        <translation>作業類型</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>姓</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>遲到</translation>
    </message>
    <message>
        <source>Late / slack</source>
        <translation>遲到／餘裕</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>緯度</translation>
    </message>
    <message>
        <source>Latitude and longitude</source>
        <translation>經緯度</translation>
    </message>
    <message>
        <source>Leaves</source>
        <translation>離開</translation>
    </message>
    <message>
        <source>&amp;Closures</source>
        <translation>封閉道路(&amp;C)</translation>
    </message>
    <message>
        <source>Accident</source>
        <translation>事故</translation>
    </message>
    <message>
        <source>All of {street}</source>
        <translation>{street} 全線</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>修改…</translation>
    </message>
    <message>
        <source>Click a road</source>
        <translation>點選道路</translation>
    </message>
    <message>
        <source>Click a road on the map to close it or to slow it down</source>
        <translation>在地圖上點選道路，設為封閉或慢行</translation>
    </message>
    <message>
        <source>Close a &amp;road</source>
        <translation>封閉一條道路(&amp;R)</translation>
    </message>
    <message>
        <source>Draw again</source>
        <translation>重新繪製</translation>
    </message>
    <message>
        <source>Draw on the map</source>
        <translation>在地圖上繪製</translation>
    </message>
    <message>
        <source>Each day from</source>
        <translation>每日開始</translation>
    </message>
    <message>
        <source>Each day until</source>
        <translation>每日結束</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>活動</translation>
    </message>
    <message>
        <source>For example: market on the square</source>
        <translation>例如：廣場市集</translation>
    </message>
    <message>
        <source>From</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>From – to</source>
        <translation>指定起訖</translation>
    </message>
    <message>
        <source>Heavier than, in tonnes</source>
        <translation>超過的公噸數</translation>
    </message>
    <message>
        <source>Holds for</source>
        <translation>適用車輛</translation>
    </message>
    <message>
        <source>How much longer it takes</source>
        <translation>行車時間倍數</translation>
    </message>
    <message>
        <source>Lists closed and slow roads, changes and lifts them</source>
        <translation>列出封閉與慢行道路，可修改或解除</translation>
    </message>
    <message>
        <source>Looking whom it meets …</source>
        <translation>正在查看受影響的路線…</translation>
    </message>
    <message>
        <source>No road is closed. Draw a closure on the map, or click the road.</source>
        <translation>目前沒有封閉道路。請在地圖上繪製，或點選道路。</translation>
    </message>
    <message>
        <source>No road is near that point. Click on a road.</source>
        <translation>該處附近沒有道路，請點在道路上。</translation>
    </message>
    <message>
        <source>No route of this plan is affected.</source>
        <translation>此計畫沒有路線受影響。</translation>
    </message>
    <message>
        <source>Not in force on this day</source>
        <translation>當日未生效</translation>
    </message>
    <message>
        <source>Only at these hours of each day</source>
        <translation>僅每日以下時段</translation>
    </message>
    <message>
        <source>Only heavier than</source>
        <translation>僅限總重超過</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Road closed: {name}</source>
        <translation>道路封閉：{name}</translation>
    </message>
    <message>
        <source>Road works</source>
        <translation>道路施工</translation>
    </message>
    <message>
        <source>Save the closure</source>
        <translation>儲存封閉路段</translation>
    </message>
    <message>
        <source>Shows or hides closed and slow roads</source>
        <translation>顯示或隱藏封閉與慢行道路</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>慢行</translation>
    </message>
    <message>
        <source>Slow road: {name}</source>
        <translation>道路慢行：{name}</translation>
    </message>
    <message>
        <source>So many stops may move</source>
        <translation>可移動的站點數</translation>
    </message>
    <message>
        <source>This day</source>
        <translation>當日</translation>
    </message>
    <message>
        <source>This stretch, to the next junctions</source>
        <translation>此路段（到下一個路口）</translation>
    </message>
    <message>
        <source>To be avoided</source>
        <translation>避免行駛</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>Until it is lifted</source>
        <translation>直到解除</translation>
    </message>
    <message>
        <source>Weather</source>
        <translation>天候</translation>
    </message>
    <message>
        <source>When</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Working out the new times …</source>
        <translation>正在計算新的時間…</translation>
    </message>
    <message>
        <source>all vehicles</source>
        <translation>所有車輛</translation>
    </message>
    <message>
        <source>daily {begin}–{end}</source>
        <translation>每日 {begin}–{end}</translation>
    </message>
    <message>
        <source>from {begin}</source>
        <translation>自 {begin} 起</translation>
    </message>
    <message>
        <source>stops moved at most</source>
        <translation>最多移動站點數</translation>
    </message>
    <message>
        <source>until lifted</source>
        <translation>直到解除</translation>
    </message>
    <message>
        <source>until {end}</source>
        <translation>到 {end} 為止</translation>
    </message>
    <message>
        <source>{routes}, {stops} affected</source>
        <translation>影響 {routes}、{stops}</translation>
    </message>
    <message>
        <source>{vehicles} over {weight} t</source>
        <translation>{vehicles}（總重超過 {weight} 公噸）</translation>
    </message>
    <message>
        <source>× {factor} as long</source>
        <translation>{factor} 倍時間</translation>
    </message>
    <message>
        <source>Closed to traffic</source>
        <translation>封閉</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>no road</source>
        <translation>無路可達</translation>
    </message>
    <message>
        <source>Lift the closure</source>
        <translation>解除封路</translation>
    </message>
    <message>
        <source>Loc&amp;k or unlock</source>
        <translation>鎖定或解除鎖定(&amp;K)</translation>
    </message>
    <message>
        <source>Local data saved</source>
        <translation>本機資料已儲存</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>鎖定</translation>
    </message>
    <message>
        <source>Lock or unlock the &amp;route</source>
        <translation>鎖定或解除鎖定路線(&amp;R)</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>經度</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>遺失</translation>
    </message>
    <message>
        <source>Made from</source>
        <translation>來源檔</translation>
    </message>
    <message>
        <source>Map data © OpenStreetMap contributors</source>
        <translation>地圖資料 © OpenStreetMap 貢獻者</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>標示</translation>
    </message>
    <message>
        <source>Meaning of the column {name}</source>
        <translation>欄「{name}」的意義</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>意義</translation>
    </message>
    <message>
        <source>Move to route</source>
        <translation>移到路線</translation>
    </message>
    <message>
        <source>Move to the route of that number</source>
        <translation>移到該編號的路線</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移動…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>需求</translation>
    </message>
    <message>
        <source>Next day</source>
        <translation>後一天</translation>
    </message>
    <message>
        <source>No address</source>
        <translation>無地址</translation>
    </message>
    <message>
        <source>No name</source>
        <translation>無姓名</translation>
    </message>
    <message>
        <source>No orders on this day.</source>
        <translation>這一天沒有訂單。</translation>
    </message>
    <message>
        <source>No orders on this day. Drop an order file here, or import one.</source>
        <translation>這一天沒有訂單。請把訂單檔拖放到這裡，或匯入檔案。</translation>
    </message>
    <message>
        <source>No shifts on this day. Import a fleet with shifts.</source>
        <translation>這一天沒有班次。請匯入含班次的車隊。</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>找不到</translation>
    </message>
    <message>
        <source>Not looked for yet</source>
        <translation>尚未定位</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>備註</translation>
    </message>
    <message>
        <source>Number or name of the route</source>
        <translation>路線編號或名稱</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>暫緩</translation>
    </message>
    <message>
        <source>On the map: {place}</source>
        <translation>地圖上：{place}</translation>
    </message>
    <message>
        <source>Only problems</source>
        <translation>只看問題</translation>
    </message>
    <message>
        <source>OpenStreetMap extracts</source>
        <translation>OpenStreetMap 擷取檔</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>訂單</translation>
    </message>
    <message>
        <source>Order number</source>
        <translation>訂單編號</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>訂單</translation>
    </message>
    <message>
        <source>P&amp;ool</source>
        <translation>待派(&amp;O)</translation>
    </message>
    <message>
        <source>Part delivered</source>
        <translation>部分送達</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>電話</translation>
    </message>
    <message>
        <source>Pick-up of</source>
        <translation>對應取件</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>件數</translation>
    </message>
    <message>
        <source>Places that fit</source>
        <translation>符合的位置</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>計畫</translation>
    </message>
    <message>
        <source>Planned</source>
        <translation>已規劃</translation>
    </message>
    <message>
        <source>Pool</source>
        <translation>待派</translation>
    </message>
    <message>
        <source>Postcode</source>
        <translation>郵遞區號</translation>
    </message>
    <message>
        <source>Preferred time</source>
        <translation>希望時段</translation>
    </message>
    <message>
        <source>Previous day</source>
        <translation>前一天</translation>
    </message>
    <message>
        <source>Price of lateness</source>
        <translation>遲到費用</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>優先</translation>
    </message>
    <message>
        <source>Progress of building</source>
        <translation>建立進度</translation>
    </message>
    <message>
        <source>Progress of planning</source>
        <translation>規劃進度</translation>
    </message>
    <message>
        <source>R&amp;eset layout</source>
        <translation>重設版面(&amp;E)</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>可派</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>報告</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>已退回</translation>
    </message>
    <message>
        <source>Returning</source>
        <translation>退回中</translation>
    </message>
    <message>
        <source>Road nodes</source>
        <translation>道路節點</translation>
    </message>
    <message>
        <source>Roads that no route may use, or only slowly.</source>
        <translation>路線不可通行或只能慢行的道路。</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路線</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路線</translation>
    </message>
    <message>
        <source>Rows of the file</source>
        <translation>檔案的列</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>範例</translation>
    </message>
    <message>
        <source>Save rejected rows</source>
        <translation>儲存被退回的列</translation>
    </message>
    <message>
        <source>Save rejected rows…</source>
        <translation>儲存被退回的列…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>儲存中…</translation>
    </message>
    <message>
        <source>Select with a &amp;lasso</source>
        <translation>以套索選取(&amp;L)</translation>
    </message>
    <message>
        <source>Sender</source>
        <translation>寄件者</translation>
    </message>
    <message>
        <source>Service level</source>
        <translation>服務等級</translation>
    </message>
    <message>
        <source>Service time</source>
        <translation>停留時間</translation>
    </message>
    <message>
        <source>Set by hand</source>
        <translation>手動指定</translation>
    </message>
    <message>
        <source>Set place</source>
        <translation>指定位置</translation>
    </message>
    <message>
        <source>Set the &amp;place of the order</source>
        <translation>指定訂單位置(&amp;P)</translation>
    </message>
    <message>
        <source>Several places fit</source>
        <translation>多處符合</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Show the &amp;whole day</source>
        <translation>顯示整天(&amp;W)</translation>
    </message>
    <message>
        <source>Sidewalk robot</source>
        <translation>人行道機器人</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>發生問題</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>站</translation>
    </message>
    <message>
        <source>Stop {stop} of {route}</source>
        <translation>{route} 第 {stop} 站</translation>
    </message>
    <message>
        <source>Stopped. Nothing was kept.</source>
        <translation>已停止，未保留任何內容。</translation>
    </message>
    <message>
        <source>Stops</source>
        <translation>站點</translation>
    </message>
    <message>
        <source>Stops of the route</source>
        <translation>路線的站點</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>Street only</source>
        <translation>僅到街道</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Tendered</source>
        <translation>已委託</translation>
    </message>
    <message>
        <source>This report names no customer, address or telephone number. Please send it along when you tell us.</source>
        <translation>這份報告不含客戶、地址或電話號碼。回報時請一併附上。</translation>
    </message>
    <message>
        <source>This route has no stops yet.</source>
        <translation>這條路線還沒有站點。</translation>
    </message>
    <message>
        <source>Time window</source>
        <translation>時段</translation>
    </message>
    <message>
        <source>Time zone of the depot</source>
        <translation>倉庫時區</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具列</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Town only</source>
        <translation>僅到區域</translation>
    </message>
    <message>
        <source>Truck</source>
        <translation>貨車</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Use &amp;best so far</source>
        <translation>採用目前最佳(&amp;B)</translation>
    </message>
    <message>
        <source>Use best so far</source>
        <translation>採用目前最佳</translation>
    </message>
    <message>
        <source>Van</source>
        <translation>廂車</translation>
    </message>
    <message>
        <source>Vehicle's features</source>
        <translation>車輛配備</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>體積</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>Walker</source>
        <translation>步行</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>重量</translation>
    </message>
    <message>
        <source>Welcome. Build the area from an OpenStreetMap extract, then import the fleet with its depot; after that, drop an order file here.</source>
        <translation>歡迎使用。請先以 OpenStreetMap 擷取檔建立地區，再匯入含倉庫的車隊，然後把訂單檔拖放到這裡。</translation>
    </message>
    <message>
        <source>Welcome. Import the fleet with its depot; after that, drop an order file here.</source>
        <translation>歡迎使用。請匯入含倉庫的車隊，然後把訂單檔拖放到這裡。</translation>
    </message>
    <message>
        <source>What is marked</source>
        <translation>標示事項</translation>
    </message>
    <message>
        <source>What is wrong with the file</source>
        <translation>檔案的問題</translation>
    </message>
    <message>
        <source>Which of these is meant?</source>
        <translation>是指哪一個？</translation>
    </message>
    <message>
        <source>Whole address</source>
        <translation>完整地址</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why late?</source>
        <translation>為何遲到？</translation>
    </message>
    <message>
        <source>Why not in a route?</source>
        <translation>為何未排入路線？</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>時段</translation>
    </message>
    <message>
        <source>Window from</source>
        <translation>時段開始</translation>
    </message>
    <message>
        <source>Window to</source>
        <translation>時段結束</translation>
    </message>
    <message>
        <source>Written off</source>
        <translation>已沖銷</translation>
    </message>
    <message>
        <source>any time</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>直線</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>封閉</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗號</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>rejected.csv</source>
        <translation>退回的列.csv</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分號</translation>
    </message>
    <message>
        <source>slow, × {factor}</source>
        <translation>慢行，× {factor}</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>定位字元</translation>
    </message>
    <message>
        <source>{day} · today</source>
        <translation>{day} · 今天</translation>
    </message>
    <message>
        <source>{span} slack</source>
        <translation>餘裕 {span}</translation>
    </message>
    <message>
        <source>– not used –</source>
        <translation>– 不使用 –</translation>
    </message>
    <message>
        <source>≠ changed</source>
        <translation>≠ 變更</translation>
    </message>
    <message>
        <source>✕ error</source>
        <translation>✕ 錯誤</translation>
    </message>
    <message>
        <source>＋ new</source>
        <translation>＋ 新增</translation>
    </message>
    <message>
        <source>＝ already there</source>
        <translation>＝ 已存在</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>版面</translation>
    </message>
    <message>
        <source>Inbox</source>
        <translation>待辦</translation>
    </message>
    <message>
        <source>&amp;Live</source>
        <translation>即時(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Board</source>
        <translation>看板(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Inbox</source>
        <translation>待辦(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>詳細資料(&amp;D)</translation>
    </message>
    <message>
        <source>Change &amp;history</source>
        <translation>變更紀錄(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Jobs</source>
        <translation>工作(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Next panel</source>
        <translation>下一個面板(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Second window</source>
        <translation>第二視窗(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Window</source>
        <translation>視窗(&amp;W)</translation>
    </message>
    <message>
        <source>Let it float, or put it back</source>
        <translation>浮動或放回</translation>
    </message>
    <message>
        <source>No vehicle has sent a position yet: the map shows the plan. Positions appear here once vans are on the road.</source>
        <translation>尚無車輛回報位置，地圖顯示的是計畫。車輛上路後，位置會出現在這裡。</translation>
    </message>
    <message>
        <source>Doorstep · second window</source>
        <translation>Doorstep · 第二視窗</translation>
    </message>
    <message>
        <source>&amp;Dispatch</source>
        <translation>派車(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Customers</source>
        <translation>客戶(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Reports</source>
        <translation>報表(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>Pre&amp;vious day</source>
        <translation>前一天(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Show on the map</source>
        <translation>在地圖上顯示(&amp;S)</translation>
    </message>
    <message>
        <source>Next e&amp;xception</source>
        <translation>下一個異常(&amp;X)</translation>
    </message>
    <message>
        <source>Previous &amp;exception</source>
        <translation>上一個異常(&amp;E)</translation>
    </message>
    <message>
        <source>Stops of the &amp;route</source>
        <translation>路線的站點(&amp;R)</translation>
    </message>
    <message>
        <source>Ro&amp;utes</source>
        <translation>路線(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Pool</source>
        <translation>待派(&amp;P)</translation>
    </message>
    <message>
        <source>Optimise the &amp;selection</source>
        <translation>最佳化選取(&amp;S)</translation>
    </message>
    <message>
        <source>Optimise the ro&amp;ute</source>
        <translation>最佳化路線(&amp;U)</translation>
    </message>
    <message>
        <source>C&amp;losures…</source>
        <translation>封路(&amp;L)…</translation>
    </message>
    <message>
        <source>Reads an order file: CSV, Excel and others; every row is checked before it counts</source>
        <translation>讀取訂單檔（CSV、Excel 等），每一列都先檢查再匯入</translation>
    </message>
    <message>
        <source>Takes copied rows of a table as orders</source>
        <translation>把複製的表格列當成訂單</translation>
    </message>
    <message>
        <source>Reads depots, vehicles, drivers and shifts from a file</source>
        <translation>從檔案讀取站所、車輛、司機與班次</translation>
    </message>
    <message>
        <source>Closes Doorstep; everything is saved already</source>
        <translation>關閉 Doorstep；所有內容都已儲存</translation>
    </message>
    <message>
        <source>Takes the last step back, whatever it was</source>
        <translation>收回上一步，不論做了什麼</translation>
    </message>
    <message>
        <source>Does the step again that was taken back last</source>
        <translation>把剛收回的步驟再做一次</translation>
    </message>
    <message>
        <source>Finds orders, routes, drivers, places, days and everything that can be done</source>
        <translation>尋找訂單、路線、司機、地點、日期與所有指令</translation>
    </message>
    <message>
        <source>Shows only orders that hold what you type</source>
        <translation>只顯示含有輸入文字的訂單</translation>
    </message>
    <message>
        <source>Draw around orders on the map to select them</source>
        <translation>在地圖上圈出訂單來選取</translation>
    </message>
    <message>
        <source>Click on the map where the order goes; the place is remembered for its address</source>
        <translation>在地圖上點出送達位置，並替這個地址記住</translation>
    </message>
    <message>
        <source>Opens today</source>
        <translation>開啟今天</translation>
    </message>
    <message>
        <source>Opens the day before</source>
        <translation>開啟前一天</translation>
    </message>
    <message>
        <source>Opens the day after</source>
        <translation>開啟後一天</translation>
    </message>
    <message>
        <source>A peek: the map flies to the order, its details appear, the keyboard stays here</source>
        <translation>快速查看：地圖移到訂單並顯示詳細資料，鍵盤仍留在原處</translation>
    </message>
    <message>
        <source>Fits the map to all stops of the day</source>
        <translation>讓地圖容納當天所有站點</translation>
    </message>
    <message>
        <source>Selects the next order that is late, on hold or cannot be planned</source>
        <translation>選取下一筆遲到、保留或無法排入的訂單</translation>
    </message>
    <message>
        <source>Selects the one before</source>
        <translation>選取前一筆</translation>
    </message>
    <message>
        <source>Puts the keyboard in the order table</source>
        <translation>把鍵盤移到訂單表</translation>
    </message>
    <message>
        <source>Puts the keyboard in the stops of the route in view</source>
        <translation>把鍵盤移到目前路線的站點</translation>
    </message>
    <message>
        <source>Puts the keyboard in the list of routes</source>
        <translation>把鍵盤移到路線清單</translation>
    </message>
    <message>
        <source>Puts the keyboard in the pool</source>
        <translation>把鍵盤移到待派</translation>
    </message>
    <message>
        <source>Puts the keyboard on the map</source>
        <translation>把鍵盤移到地圖</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is</source>
        <translation>跟著桌面用淺色或深色</translation>
    </message>
    <message>
        <source>Light colours, whatever the desktop has</source>
        <translation>一律用淺色</translation>
    </message>
    <message>
        <source>Dark colours, whatever the desktop has</source>
        <translation>一律用深色</translation>
    </message>
    <message>
        <source>Says everything in English</source>
        <translation>全部以英文顯示</translation>
    </message>
    <message>
        <source>Says everything in Traditional Chinese</source>
        <translation>全部以繁體中文顯示</translation>
    </message>
    <message>
        <source>Plans all orders of the day anew and proposes the result; nothing changes before you apply it</source>
        <translation>重新規劃整天的訂單並提出提案；套用之前什麼都不變</translation>
    </message>
    <message>
        <source>Proposes the best places for the selected orders, or the best order of the selected stops' routes</source>
        <translation>替選取的訂單找最佳位置，或替選取站點所在路線找最佳順序</translation>
    </message>
    <message>
        <source>Proposes the best order of stops for the route in view</source>
        <translation>替目前路線提出最佳的站點順序</translation>
    </message>
    <message>
        <source>Stops computing and proposes the best plan found until now</source>
        <translation>停止計算，提出目前找到的最佳計畫</translation>
    </message>
    <message>
        <source>Makes the proposal the plan, as one step that can be undone</source>
        <translation>把提案變成計畫，可一步復原</translation>
    </message>
    <message>
        <source>Keeps the plan as it is, and stops computing</source>
        <translation>計畫維持原樣，並停止計算</translation>
    </message>
    <message>
        <source>Moves what is selected to another route: type its number or name</source>
        <translation>把選取項目移到其他路線：輸入號碼或名稱</translation>
    </message>
    <message>
        <source>Moves the stop one place forward</source>
        <translation>把站點往前移一位</translation>
    </message>
    <message>
        <source>Moves the stop one place back</source>
        <translation>把站點往後移一位</translation>
    </message>
    <message>
        <source>Takes the stop out of its route; the order waits in the pool</source>
        <translation>把站點移出路線，訂單回到待派</translation>
    </message>
    <message>
        <source>A locked stop stays with its driver, whatever is optimised</source>
        <translation>鎖定的站點不論如何最佳化都留給原司機</translation>
    </message>
    <message>
        <source>The stop keeps its place in the route as well</source>
        <translation>站點連順位也固定</translation>
    </message>
    <message>
        <source>No stop of a locked route moves, and none comes in</source>
        <translation>鎖定的路線不移出也不移入站點</translation>
    </message>
    <message>
        <source>Makes the plan a promise to drivers and customers</source>
        <translation>讓計畫成為對司機與客戶的承諾</translation>
    </message>
    <message>
        <source>Builds and removes the maps that Doorstep plans on</source>
        <translation>建立與移除規劃用的地圖區域</translation>
    </message>
    <message>
        <source>Draw a closed road on the map; plans go around it</source>
        <translation>在地圖上畫出封閉道路，規劃時會繞開</translation>
    </message>
    <message>
        <source>The layout for planning: routes and pool, map, orders</source>
        <translation>規劃用版面：路線、待派、地圖與訂單</translation>
    </message>
    <message>
        <source>The layout for the running day: a large map</source>
        <translation>當天執行用版面：大地圖</translation>
    </message>
    <message>
        <source>The layout without a map: one column for each route</source>
        <translation>沒有地圖的版面：每條路線一欄</translation>
    </message>
    <message>
        <source>The layout for what waits for a person</source>
        <translation>待人處理事項的版面</translation>
    </message>
    <message>
        <source>Shows or hides the list of routes</source>
        <translation>顯示或隱藏路線清單</translation>
    </message>
    <message>
        <source>Shows or hides the pool</source>
        <translation>顯示或隱藏待派</translation>
    </message>
    <message>
        <source>Shows or hides the details</source>
        <translation>顯示或隱藏詳細資料</translation>
    </message>
    <message>
        <source>Shows or hides what was changed, by whom and when</source>
        <translation>顯示或隱藏誰在何時改了什麼</translation>
    </message>
    <message>
        <source>Shows or hides what is computed in the background</source>
        <translation>顯示或隱藏背景工作</translation>
    </message>
    <message>
        <source>Goes round the lists, the map and the details</source>
        <translation>依序走過清單、地圖與詳細資料</translation>
    </message>
    <message>
        <source>Opens board and orders in a window for another screen</source>
        <translation>在另一個視窗開啟看板與訂單，可放到別的螢幕</translation>
    </message>
    <message>
        <source>Puts every part of the window back in its place</source>
        <translation>把視窗各部分放回原位</translation>
    </message>
    <message>
        <source>All keys on one sheet; keys can be changed there</source>
        <translation>所有快速鍵一覽，也可在此更改</translation>
    </message>
    <message>
        <source>What this program is, and whose map it shows</source>
        <translation>這個程式是什麼，地圖來自哪裡</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>沒有可復原的步驟。</translation>
    </message>
    <message>
        <source>There is nothing to redo.</source>
        <translation>沒有可重做的步驟。</translation>
    </message>
    <message>
        <source>Import orders first.</source>
        <translation>請先匯入訂單。</translation>
    </message>
    <message>
        <source>Select a stop of a route first.</source>
        <translation>請先選取路線上的站點。</translation>
    </message>
    <message>
        <source>Select orders of the pool or stops of a route first.</source>
        <translation>請先選取待派訂單或路線站點。</translation>
    </message>
    <message>
        <source>Choose a route of a plan first.</source>
        <translation>請先選擇計畫中的路線。</translation>
    </message>
    <message>
        <source>There is no proposal to decide on.</source>
        <translation>目前沒有待決定的提案。</translation>
    </message>
    <message>
        <source>Select one order first.</source>
        <translation>請先選取一筆訂單。</translation>
    </message>
    <message>
        <source>Select an order first.</source>
        <translation>請先選取訂單。</translation>
    </message>
    <message>
        <source>No plan is being computed.</source>
        <translation>目前沒有在計算計畫。</translation>
    </message>
    <message>
        <source>Plan the day first.</source>
        <translation>請先規劃當天。</translation>
    </message>
    <message>
        <source>Apply or discard the proposal first.</source>
        <translation>請先套用或捨棄提案。</translation>
    </message>
    <message>
        <source>A plan is being computed: wait, or use the best so far.</source>
        <translation>正在計算計畫：請稍候，或採用目前最佳。</translation>
    </message>
    <message>
        <source>Import the fleet with its depot first.</source>
        <translation>請先匯入車隊與站所。</translation>
    </message>
    <message>
        <source>✓ As you set these columns last time.</source>
        <translation>✓ 欄位沿用您上次的設定。</translation>
    </message>
    <message>
        <source>✕ Missing: say which column has the address.</source>
        <translation>✕ 缺少：請指定哪一欄是地址。</translation>
    </message>
    <message>
        <source>as the column tells</source>
        <translation>依欄位內容判斷</translation>
    </message>
    <message>
        <source>day – month – year</source>
        <translation>日 – 月 – 年</translation>
    </message>
    <message>
        <source>month – day – year</source>
        <translation>月 – 日 – 年</translation>
    </message>
    <message>
        <source>made from what the row says</source>
        <translation>依該列內容產生</translation>
    </message>
    <message>
        <source>the day below</source>
        <translation>下方的日期</translation>
    </message>
    <message>
        <source>any time of the day</source>
        <translation>全天任何時間</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>the usual one</source>
        <translation>預設值</translation>
    </message>
    <message>
        <source>Guess anew</source>
        <translation>重新判斷</translation>
    </message>
    <message>
        <source>Day of orders that name none</source>
        <translation>未註明日期的訂單所屬日期</translation>
    </message>
    <message>
        <source>How dates are written</source>
        <translation>日期寫法</translation>
    </message>
    <message>
        <source>Dates</source>
        <translation>日期寫法</translation>
    </message>
    <message>
        <source>Not in the file</source>
        <translation>檔案中沒有</translation>
    </message>
    <message>
        <source>Where to go</source>
        <translation>送達地點</translation>
    </message>
    <message>
        <source>No file yet</source>
        <translation>尚未選擇檔案</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>選擇檔案…</translation>
    </message>
    <message>
        <source>Paste rows</source>
        <translation>貼上資料列</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>檔案的前幾列</translation>
    </message>
    <message>
        <source>First rows, as they are read now</source>
        <translation>前幾列（依目前的讀取方式）</translation>
    </message>
    <message>
        <source>Drop a file here: CSV, TSV, Excel or OpenDocument.</source>
        <translation>將檔案拖放到這裡：CSV、TSV、Excel 或 OpenDocument。</translation>
    </message>
    <message>
        <source>Only problems (F)</source>
        <translation>只看問題 (F)</translation>
    </message>
    <message>
        <source>◀ Previous</source>
        <translation>◀ 上一個</translation>
    </message>
    <message>
        <source>Previous problem</source>
        <translation>上一個問題</translation>
    </message>
    <message>
        <source>Next problem (N) ▶</source>
        <translation>下一個問題 (N) ▶</translation>
    </message>
    <message>
        <source>Next problem</source>
        <translation>下一個問題</translation>
    </message>
    <message>
        <source>Enter or F2 mends a cell in place; N goes to the next problem.</source>
        <translation>按 Enter 或 F2 可直接修正儲存格；按 N 跳到下一個問題。</translation>
    </message>
    <message>
        <source>Nothing to mend in this row.</source>
        <translation>此列不需修正。</translation>
    </message>
    <message>
        <source>Update them with what the file says</source>
        <translation>依檔案內容更新</translation>
    </message>
    <message>
        <source>Leave them as they are</source>
        <translation>保持原樣</translation>
    </message>
    <message>
        <source>Take them as further orders, with numbers of their own</source>
        <translation>另建新訂單，使用新編號</translation>
    </message>
    <message>
        <source>One step: Undo takes all of it back. Nothing is written before you press Import.</source>
        <translation>一次完成，可用「復原」全部取消。按下匯入前不會寫入任何資料。</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>欄位</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>檢查</translation>
    </message>
    <message>
        <source>Step {number}: {name}</source>
        <translation>步驟 {number}：{name}</translation>
    </message>
    <message>
        <source>Say which column has the address, then the rows can be checked.</source>
        <translation>請先指定哪一欄是地址，才能檢查各列。</translation>
    </message>
    <message>
        <source>The clipboard holds no rows.</source>
        <translation>剪貼簿中沒有資料列。</translation>
    </message>
    <message>
        <source>Reading was stopped; nothing was written.</source>
        <translation>已停止讀取，未寫入任何資料。</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>讀取中</translation>
    </message>
    <message>
        <source>Stop reading</source>
        <translation>停止讀取</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Already under way: it is kept as it is unless you say so before the import.</source>
        <translation>已在配送中：除非您在匯入前另外指定，否則保持原樣。</translation>
    </message>
    <message>
        <source>Yesterday {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>The beginning of the history</source>
        <translation>紀錄的起點</translation>
    </message>
    <message>
        <source>Before the oldest step that is kept</source>
        <translation>在保留的最早一步之前</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已復原</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已復原</translation>
    </message>
    <message>
        <source>now</source>
        <translation>目前</translation>
    </message>
    <message>
        <source>Change history</source>
        <translation>變更紀錄</translation>
    </message>
    <message>
        <source>Nothing was changed yet. Every step will be listed here, and you can go back to any of them.</source>
        <translation>還沒有任何變更。每一步都會列在這裡，可回到其中任何一步。</translation>
    </message>
    <message>
        <source>This is the present state</source>
        <translation>這是目前的狀態</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>工作</translation>
    </message>
    <message>
        <source>Clear what has ended</source>
        <translation>清除已結束的工作</translation>
    </message>
    <message>
        <source>No jobs. Imports, address searches, optimisations and new areas show here while they run, and what came of them.</source>
        <translation>沒有工作。匯入、地址查詢、最佳化與建立地區進行時會顯示在這裡，並列出結果。</translation>
    </message>
    <message>
        <source>Working…</source>
        <translation>處理中…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>It failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Cancelled, nothing was changed</source>
        <translation>已取消，沒有任何變更</translation>
    </message>
    <message>
        <source>Optimising</source>
        <translation>最佳化</translation>
    </message>
    <message>
        <source>Reading the roads</source>
        <translation>讀取道路</translation>
    </message>
    <message>
        <source>{count} rows</source>
        <translation>全部 {count} 列</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>新增 {count}</translation>
    </message>
    <message>
        <source>{count} changed</source>
        <translation>變更 {count}</translation>
    </message>
    <message>
        <source>{count} already there</source>
        <translation>已存在 {count}</translation>
    </message>
    <message>
        <source>{count} with errors</source>
        <translation>錯誤 {count}</translation>
    </message>
    <message>
        <source>{count} doubtful</source>
        <translation>有疑問 {count}</translation>
    </message>
    <message>
        <source>Row {row} names the columns</source>
        <translation>第 {row} 列是欄位名稱</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Routes and drivers</source>
        <translation>路線與司機</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地點</translation>
    </message>
    <message>
        <source>Acts</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Search or command</source>
        <translation>搜尋或輸入指令</translation>
    </message>
    <message>
        <source>Order, name, telephone, street, route, day, or what to do</source>
        <translation>訂單、姓名、電話、街道、路線、日期或要做的事</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>搜尋結果</translation>
    </message>
    <message>
        <source>Nothing found. Fewer letters or digits find more.</source>
        <translation>找不到。少打幾個字或數字試試。</translation>
    </message>
    <message>
        <source>Enter: do it</source>
        <translation>Enter：執行</translation>
    </message>
    <message>
        <source>Ctrl+Enter: on the map</source>
        <translation>Ctrl+Enter：在地圖上看</translation>
    </message>
    <message>
        <source>Esc: close</source>
        <translation>Esc：關閉</translation>
    </message>
    <message>
        <source>&gt; acts</source>
        <translation>&gt; 指令</translation>
    </message>
    <message>
        <source>@ people</source>
        <translation>@ 人</translation>
    </message>
    <message>
        <source># orders</source>
        <translation># 訂單</translation>
    </message>
    <message>
        <source>Open this day</source>
        <translation>開啟這一天</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>在地圖上</translation>
    </message>
    <message>
        <source>ETA</source>
        <translation>預計到達</translation>
    </message>
    <message>
        <source>Here: {place}</source>
        <translation>這裡：{place}</translation>
    </message>
    <message>
        <source>In lists and on the map</source>
        <translation>在清單與地圖中</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>請按新的按鍵</translation>
    </message>
    <message>
        <source>Search: an act or a key</source>
        <translation>搜尋：指令或按鍵</translation>
    </message>
    <message>
        <source>Reset all keys</source>
        <translation>全部重設</translation>
    </message>
    <message>
        <source>Esc: leave it as it is. Backspace: the key it had at first.</source>
        <translation>Esc：維持原樣。Backspace：還原最初的按鍵。</translation>
    </message>
    <message>
        <source>{act}: {key}</source>
        <translation>{act}：{key}</translation>
    </message>
    <message>
        <source>no key</source>
        <translation>沒有按鍵</translation>
    </message>
    <message>
        <source>All keys are those of the beginning again.</source>
        <translation>所有按鍵都已還原。</translation>
    </message>
    <message>
        <source>A row that is clicked, or entered with Enter, takes a new key.</source>
        <translation>點一下或按 Enter 選取任一列，即可改用新的按鍵。</translation>
    </message>
    <message>
        <source>{key} already does: {act}. Give that another key first.</source>
        <translation>{key} 已用於「{act}」，請先替它換別的按鍵。</translation>
    </message>
    <message>
        <source>Digits move the selection to the route of that number.</source>
        <translation>數字鍵用來把選取移到該號路線。</translation>
    </message>
    <message>
        <source>{key} alone would be lost while typing: take it with Ctrl or Alt.</source>
        <translation>單獨的 {key} 會影響打字，請加上 Ctrl 或 Alt。</translation>
    </message>
    <message>
        <source>{key} is needed for writing and for moving in lists.</source>
        <translation>{key} 要用來打字與在清單中移動。</translation>
    </message>
    <message>
        <source>At doors</source>
        <translation>停留</translation>
    </message>
    <message>
        <source>Back to pool</source>
        <translation>放回待派</translation>
    </message>
    <message>
        <source>Breaks</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Cash</source>
        <translation>代收</translation>
    </message>
    <message>
        <source>Commit…</source>
        <translation>確認計畫…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>配送</translation>
    </message>
    <message>
        <source>Driving</source>
        <translation>行駛</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>時長</translation>
    </message>
    <message>
        <source>Every order is in a route, and none is late. Commit the plan when it is to become the promise.</source>
        <translation>所有訂單都已排入路線，沒有遲到。要成為承諾時，請確認計畫。</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>工時</translation>
    </message>
    <message>
        <source>If added to …</source>
        <translation>若加入…</translation>
    </message>
    <message>
        <source>In routes</source>
        <translation>已排入</translation>
    </message>
    <message>
        <source>Late stops</source>
        <translation>遲到站點</translation>
    </message>
    <message>
        <source>Leave without meeting anyone</source>
        <translation>免接觸投遞</translation>
    </message>
    <message>
        <source>Lock or unlock</source>
        <translation>鎖定或解鎖</translation>
    </message>
    <message>
        <source>Lock the route</source>
        <translation>鎖定路線</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已鎖定</translation>
    </message>
    <message>
        <source>Move to {route}</source>
        <translation>移到 {route}</translation>
    </message>
    <message>
        <source>No driver</source>
        <translation>沒有司機</translation>
    </message>
    <message>
        <source>On the road</source>
        <translation>出勤</translation>
    </message>
    <message>
        <source>Optimise</source>
        <translation>最佳化</translation>
    </message>
    <message>
        <source>Optimise the day</source>
        <translation>最佳化整天</translation>
    </message>
    <message>
        <source>Pick-up</source>
        <translation>取件</translation>
    </message>
    <message>
        <source>Reloading</source>
        <translation>回倉裝貨</translation>
    </message>
    <message>
        <source>Route {number}</source>
        <translation>路線 {number}</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>班次</translation>
    </message>
    <message>
        <source>Show stops</source>
        <translation>顯示站點</translation>
    </message>
    <message>
        <source>Show the next</source>
        <translation>看下一個</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>來源</translation>
    </message>
    <message>
        <source>Stop {stop}</source>
        <translation>站點 {stop}</translation>
    </message>
    <message>
        <source>The day</source>
        <translation>整天</translation>
    </message>
    <message>
        <source>There are no orders on this day yet. Import a file, or drop one here.</source>
        <translation>這一天還沒有訂單。請匯入檔案，或拖放到這裡。</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解除鎖定</translation>
    </message>
    <message>
        <source>Unlock the route</source>
        <translation>解除路線鎖定</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>車輛</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等候</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>經過</translation>
    </message>
    <message>
        <source>What is broken</source>
        <translation>違反的規則</translation>
    </message>
    <message>
        <source>What to do next</source>
        <translation>接下來</translation>
    </message>
    <message>
        <source>Where they are</source>
        <translation>目前位置</translation>
    </message>
    <message>
        <source>Why here?</source>
        <translation>為何排在這裡？</translation>
    </message>
    <message>
        <source>Windows</source>
        <translation>時段</translation>
    </message>
    <message>
        <source>Would like</source>
        <translation>希望時段</translation>
    </message>
    <message>
        <source>as ordered</source>
        <translation>依訂單</translation>
    </message>
    <message>
        <source>at most {span}</source>
        <translation>最多 {span}</translation>
    </message>
    <message>
        <source>by default</source>
        <translation>預設</translation>
    </message>
    <message>
        <source>draft plan</source>
        <translation>草稿計畫</translation>
    </message>
    <message>
        <source>learned from visits</source>
        <translation>依過往停留推估</translation>
    </message>
    <message>
        <source>not planned yet</source>
        <translation>尚未規劃</translation>
    </message>
    <message>
        <source>overtime until {time}</source>
        <translation>加班至 {time}</translation>
    </message>
    <message>
        <source>to collect</source>
        <translation>須代收</translation>
    </message>
    <message>
        <source>{load} of {limit}</source>
        <translation>{load}／{limit}</translation>
    </message>
    <message>
        <source>{span} of it overtime</source>
        <translation>其中加班 {span}</translation>
    </message>
    <message>
        <source>{used} of {all}</source>
        <translation>{used}／{all}</translation>
    </message>
    <message>
        <source>{what} (undone)</source>
        <translation>{what}（已復原）</translation>
    </message>
    <message>
        <source>▲ {span} late</source>
        <translation>▲ 遲到 {span}</translation>
    </message>
    <message>
        <source>Go to, from lists and the map</source>
        <translation>前往（在清單與地圖中）</translation>
    </message>
    <message>
        <source>Show the jobs</source>
        <translation>顯示工作清單</translation>
    </message>
    <message>
        <source>Offline: nothing waits</source>
        <translation>離線：沒有待送項目</translation>
    </message>
    <message>
        <source>Doorstep works without a network and sends nothing by itself: no message waits to be sent.</source>
        <translation>Doorstep 不需網路即可運作，也不會自行傳送任何資料：沒有待送的訊息。</translation>
    </message>
    <message>
        <source>The last change is not saved</source>
        <translation>最後的變更未儲存</translation>
    </message>
    <message>
        <source>Every change is on this computer's disk as soon as it is made.</source>
        <translation>每項變更都會立即存到這台電腦的磁碟。</translation>
    </message>
    <message>
        <source>Lock at i&amp;ts place</source>
        <translation>鎖定順位(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;New order…</source>
        <translation>新增訂單(&amp;N)…</translation>
    </message>
    <message>
        <source>A form for one order; known customers are suggested while you type</source>
        <translation>單筆訂單表單；輸入時會建議已知客戶</translation>
    </message>
    <message>
        <source>&amp;Quick order…</source>
        <translation>快速訂單(&amp;K)…</translation>
    </message>
    <message>
        <source>Reads an order from one line or a pasted message, for you to approve</source>
        <translation>從一行文字或貼上的訊息讀取訂單，由您確認</translation>
    </message>
    <message>
        <source>&amp;Change the selection…</source>
        <translation>變更所選訂單(&amp;C)…</translation>
    </message>
    <message>
        <source>One or more fields of all selected orders, with a preview, as one step</source>
        <translation>一次變更所有所選訂單的欄位，先預覽，單一步驟</translation>
    </message>
    <message>
        <source>&amp;Duplicate the order…</source>
        <translation>複製訂單(&amp;D)…</translation>
    </message>
    <message>
        <source>A new order with the same customer, goods and windows</source>
        <translation>以相同客戶、貨物與時段建立新訂單</translation>
    </message>
    <message>
        <source>Cancel the &amp;orders</source>
        <translation>取消訂單(&amp;O)</translation>
    </message>
    <message>
        <source>The selected orders leave their routes and are not planned any more; Undo brings them back</source>
        <translation>所選訂單會離開路線、不再排程；可復原</translation>
    </message>
    <message>
        <source>Edit the c&amp;ell</source>
        <translation>編輯儲存格(&amp;E)</translation>
    </message>
    <message>
        <source>Type over a cell of the order table; Tab goes on to the next, Escape leaves it as it was</source>
        <translation>直接修改訂單表的儲存格；Tab 前往下一格，Esc 放棄</translation>
    </message>
    <message>
        <source>Select orders first.</source>
        <translation>請先選取訂單。</translation>
    </message>
    <message>
        <source>New order here</source>
        <translation>在此新增訂單</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>新增訂單</translation>
    </message>
    <message>
        <source>Quick order</source>
        <translation>快速訂單</translation>
    </message>
    <message>
        <source>Duplicate order</source>
        <translation>複製訂單</translation>
    </message>
    <message>
        <source>guessed</source>
        <translation>推測</translation>
    </message>
    <message>
        <source>Suggestions</source>
        <translation>建議</translation>
    </message>
    <message>
        <source>The order in one line</source>
        <translation>一行訂單文字</translation>
    </message>
    <message>
        <source>Ella, Annankatu 12, tomorrow 9-11, 2 boxes, 4 kg, 040 1234567</source>
        <translation>王小明 0912-345-678 台北市信義區市府路1號 明天 14-16 2件 5公斤 先打電話</translation>
    </message>
    <message>
        <source>Type the order in one line, or paste a message. What is understood appears below.</source>
        <translation>用一行輸入訂單，或貼上訊息。讀懂的內容會填在下方。</translation>
    </message>
    <message>
        <source>Name, or part of a known one</source>
        <translation>姓名，或已知客戶的一部分</translation>
    </message>
    <message>
        <source>e.g. English</source>
        <translation>例如 中文</translation>
    </message>
    <message>
        <source>Street and number, town</source>
        <translation>縣市、街道與門牌</translation>
    </message>
    <message>
        <source>e.g. 9-11; 14-16</source>
        <translation>例如 9-11；14-16</translation>
    </message>
    <message>
        <source>At the door (min)</source>
        <translation>停留（分鐘）</translation>
    </message>
    <message>
        <source>Weight (kg)</source>
        <translation>重量（公斤）</translation>
    </message>
    <message>
        <source>Volume (l)</source>
        <translation>體積（公升）</translation>
    </message>
    <message>
        <source>To collect</source>
        <translation>代收</translation>
    </message>
    <message>
        <source>Driver skills</source>
        <translation>司機技能</translation>
    </message>
    <message>
        <source>e.g. fragile</source>
        <translation>例如 易碎</translation>
    </message>
    <message>
        <source>0 to 9</source>
        <translation>0 到 9</translation>
    </message>
    <message>
        <source>by itself</source>
        <translation>自動編號</translation>
    </message>
    <message>
        <source>Save order</source>
        <translation>儲存訂單</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>The place that you chose on the map</source>
        <translation>您在地圖上選的位置</translation>
    </message>
    <message>
        <source>set to</source>
        <translation>設為</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>move by minutes</source>
        <translation>移動（分鐘）</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>分鐘</translation>
    </message>
    <message>
        <source>kilograms</source>
        <translation>公斤</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>欄位</translation>
    </message>
    <message>
        <source>What to do with it</source>
        <translation>如何變更</translation>
    </message>
    <message>
        <source>New value</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>Leave this field out</source>
        <translation>移除此欄位</translation>
    </message>
    <message>
        <source>e.g. 30 or -15</source>
        <translation>例如 30 或 -15</translation>
    </message>
    <message>
        <source>Another field</source>
        <translation>再加一個欄位</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>將變更的內容</translation>
    </message>
    <message>
        <source>One step; Undo takes it back.</source>
        <translation>單一步驟，可復原。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>變更</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>目前</translation>
    </message>
    <message>
        <source>Then</source>
        <translation>變更後</translation>
    </message>
    <message>
        <source>Choose a field and its new value to see what would change.</source>
        <translation>選擇欄位與新值，即可預覽變更。</translation>
    </message>
    <message>
        <source>Solve address</source>
        <translation>解決地址</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>顯示</translation>
    </message>
    <message>
        <source>Rule broken</source>
        <translation>違反規則</translation>
    </message>
    <message>
        <source>In no route</source>
        <translation>未排入路線</translation>
    </message>
    <message>
        <source>{route} · stop {stop}</source>
        <translation>{route} · 第 {stop} 站</translation>
    </message>
    <message>
        <source>Whole route</source>
        <translation>整條路線</translation>
    </message>
    <message>
        <source>Not planned yet</source>
        <translation>尚未規劃</translation>
    </message>
    <message>
        <source>What needs you</source>
        <translation>需要您處理的事項</translation>
    </message>
    <message>
        <source>Nothing needs you.</source>
        <translation>沒有需要您處理的事項。</translation>
    </message>
    <message>
        <source>Nothing needs you: every order is in a route, in time, at an address that is known.</source>
        <translation>沒有需要您處理的事項：所有訂單都已排入路線、準時，且地址明確。</translation>
    </message>
    <message>
        <source>Nobody yet</source>
        <translation>尚無</translation>
    </message>
    <message>
        <source>Coordinates of the file</source>
        <translation>檔案的座標</translation>
    </message>
    <message>
        <source>Remembered from earlier</source>
        <translation>先前記住的位置</translation>
    </message>
    <message>
        <source>The map of the area</source>
        <translation>區域地圖</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>門牌</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>樓層／室</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘記</translation>
    </message>
    <message>
        <source>Forget the place of this address</source>
        <translation>忘記此地址的位置</translation>
    </message>
    <message>
        <source>Later orders of this address are looked for on the map again; orders that have the place keep it.</source>
        <translation>之後的訂單會重新在地圖上查找此地址；已有位置的訂單維持不變。</translation>
    </message>
    <message>
        <source>Copy address and place</source>
        <translation>複製地址與位置</translation>
    </message>
    <message>
        <source>Address card</source>
        <translation>地址卡</translation>
    </message>
    <message>
        <source>As given</source>
        <translation>原始地址</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>判讀結果</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>來源</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>進出備註</translation>
    </message>
    <message>
        <source>Nothing is remembered for this address.</source>
        <translation>此地址沒有記住的位置。</translation>
    </message>
    <message>
        <source>A place is remembered for this address.</source>
        <translation>此地址有記住的位置。</translation>
    </message>
    <message>
        <source>Solve addresses</source>
        <translation>解決地址</translation>
    </message>
    <message>
        <source>&amp;Solve addresses</source>
        <translation>解決地址(&amp;S)</translation>
    </message>
    <message>
        <source>Addresses done</source>
        <translation>已處理的地址</translation>
    </message>
    <message>
        <source>What the file said</source>
        <translation>檔案內容</translation>
    </message>
    <message>
        <source>Pin on the map</source>
        <translation>在地圖上定位</translation>
    </message>
    <message>
        <source>Set the pin on the map</source>
        <translation>在地圖上設定定位釘</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>暫緩</translation>
    </message>
    <message>
        <source>Put aside; the order stays on hold</source>
        <translation>先擱置，訂單維持暫緩</translation>
    </message>
    <message>
        <source>Leave for later</source>
        <translation>稍後再處理</translation>
    </message>
    <message>
        <source>Set here</source>
        <translation>定在這裡</translation>
    </message>
    <message>
        <source>Move the pin to the door</source>
        <translation>把定位釘移到門口</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>查找中 …</translation>
    </message>
    <message>
        <source>Nothing on the map is written like it.</source>
        <translation>地圖上沒有寫法相近的地點。</translation>
    </message>
    <message>
        <source>Arrows move the pin 10 m, with Shift 100 m · Enter sets it · Esc leaves it · or drag it</source>
        <translation>方向鍵移動 10 公尺，加 Shift 移動 100 公尺 · Enter 確定 · Esc 取消 · 也可拖曳</translation>
    </message>
    <message>
        <source>Enter looks the address up · ↓ goes to the places · Esc takes it back</source>
        <translation>Enter 查找地址 · ↓ 選地點 · Esc 還原</translation>
    </message>
    <message>
        <source>1–9 take a place · ↑ ↓ look at it · Enter takes it · E correct · P pin · H hold · → next · Esc close</source>
        <translation>1–9 選定地點 · ↑ ↓ 查看 · Enter 選定 · E 更正 · P 定位 · H 暫緩 · → 下一筆 · Esc 關閉</translation>
    </message>
    <message>
        <source>All addresses are solved.</source>
        <translation>所有地址都已解決。</translation>
    </message>
    <message>
        <source>That was the last one.</source>
        <translation>這是最後一筆。</translation>
    </message>
    <message>
        <source>Enter or Esc closes · Ctrl+Z takes the last step back</source>
        <translation>Enter 或 Esc 關閉 · Ctrl+Z 復原上一步</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>座標</translation>
    </message>
    <message>
        <source>Goes through the addresses that were not found or are doubtful, by keyboard alone</source>
        <translation>只用鍵盤逐一處理找不到或有疑慮的地址</translation>
    </message>
    <message>
        <source>No address waits for you.</source>
        <translation>沒有待處理的地址。</translation>
    </message>
    <message>
        <source>The database cannot be opened</source>
        <translation>資料庫無法開啟</translation>
    </message>
    <message>
        <source>Nothing was changed or deleted. A file that is replaced by a back-up is kept beside it.</source>
        <translation>沒有任何資料被更動或刪除。被備份取代的檔案會保留在旁邊。</translation>
    </message>
    <message>
        <source>Restore the newest back-up</source>
        <translation>還原最新備份</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再試一次</translation>
    </message>
    <message>
        <source>There is no back-up of it.</source>
        <translation>沒有可用的備份。</translation>
    </message>
    <message>
        <source>Search or comm&amp;and…</source>
        <translation>搜尋或指令(&amp;A)…</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地圖</translation>
    </message>
    <message>
        <source>No other route can take all of them without breaking a rule.</source>
        <translation>其他路線都無法在不違反規則下全部收下。</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>無法判讀</translation>
    </message>
    <message>
        <source>Coordinates are empty (0, 0)</source>
        <translation>座標為空 (0, 0)</translation>
    </message>
    <message>
        <source>Coordinates seem to be swapped</source>
        <translation>座標可能顛倒</translation>
    </message>
    <message>
        <source>Outside the area</source>
        <translation>在區域之外</translation>
    </message>
    <message>
        <source>Coordinates are far from the town</source>
        <translation>座標離城鎮過遠</translation>
    </message>
    <message>
        <source>Many addresses on one point</source>
        <translation>多個地址同一點</translation>
    </message>
    <message>
        <source>Next one</source>
        <translation>下一筆</translation>
    </message>
    <message>
        <source>More of this address</source>
        <translation>更多地址資訊</translation>
    </message>
    <message>
        <source>Less of this address</source>
        <translation>收合地址資訊</translation>
    </message>
    <message>
        <source>Loo&amp;k of the timeline</source>
        <translation>時間軸檢視(&amp;K)</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Shows fewer hours of the timeline, with more of each; Ctrl and the wheel do it where the pointer is</source>
        <translation>時間軸顯示較短的時段、較多細節；按住 Ctrl 轉動滾輪可在游標處縮放</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Shows more hours of the timeline</source>
        <translation>時間軸顯示較長的時段</translation>
    </message>
    <message>
        <source>The whole day in the timeline</source>
        <translation>時間軸顯示整天</translation>
    </message>
    <message>
        <source>From the first start to the last end</source>
        <translation>從最早出發到最晚結束</translation>
    </message>
    <message>
        <source>High rows</source>
        <translation>加高各列</translation>
    </message>
    <message>
        <source>Rows of the timeline with vehicle, hours and late minutes, or low ones</source>
        <translation>時間軸各列顯示車輛、工時與遲到分鐘，或改用較矮的列</translation>
    </message>
    <message>
        <source>What was planned before</source>
        <translation>先前的計畫</translation>
    </message>
    <message>
        <source>Below each row: under a proposal the plan as it is, else what was committed last</source>
        <translation>顯示在各列下方：有建議方案時為目前計畫，否則為上次確認的計畫</translation>
    </message>
    <message>
        <source>T&amp;imeline</source>
        <translation>時間軸(&amp;I)</translation>
    </message>
    <message>
        <source>Puts the keyboard in the timeline: a row a driver, the day from left to right</source>
        <translation>鍵盤移到時間軸：每位司機一列，由左到右為一天</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>時間軸</translation>
    </message>
    <message>
        <source>Committed: {time}</source>
        <translation>已確認：{time}</translation>
    </message>
    <message>
        <source>In the plan: {time}</source>
        <translation>目前計畫：{time}</translation>
    </message>
    <message>
        <source>Nothing is planned on this day yet. Optimise the day, or put orders into routes.</source>
        <translation>這一天還沒有規劃。請最佳化當日，或把訂單放進路線。</translation>
    </message>
    <message>
        <source>Rows without stops</source>
        <translation>沒有站點的列</translation>
    </message>
    <message>
        <source>Shows drivers without stops in the timeline too, to drop stops on</source>
        <translation>時間軸也顯示沒有站點的司機，方便把站點拖過去</translation>
    </message>
    <message>
        <source>&amp;Print papers…</source>
        <translation>列印紙本(&amp;P)…</translation>
    </message>
    <message>
        <source>Manifests, load sheets, the depot's list, labels: seen first, then printed or saved</source>
        <translation>派送單、裝車單、倉庫分貨單、標籤：先預覽，再列印或存檔</translation>
    </message>
    <message>
        <source>Plan as a &amp;workbook (XLSX)…</source>
        <translation>計畫匯出為活頁簿（XLSX）(&amp;W)…</translation>
    </message>
    <message>
        <source>Writes summary, routes, stops and what is left over as an Excel file</source>
        <translation>將摘要、路線、站點與未排訂單寫成 Excel 檔</translation>
    </message>
    <message>
        <source>Stops as &amp;CSV…</source>
        <translation>站點匯出為 CSV(&amp;C)…</translation>
    </message>
    <message>
        <source>Writes every stop of the plan as one row of text</source>
        <translation>計畫的每一站寫成一列文字</translation>
    </message>
    <message>
        <source>&amp;Map in one file (HTML)…</source>
        <translation>單檔地圖（HTML）(&amp;M)…</translation>
    </message>
    <message>
        <source>Writes the plan's map as one file that opens in any browser and loads nothing from the network</source>
        <translation>將計畫地圖寫成單一檔案，任何瀏覽器皆可開啟，不需網路</translation>
    </message>
    <message>
        <source>Routes as &amp;GPX…</source>
        <translation>路線匯出為 GPX(&amp;G)…</translation>
    </message>
    <message>
        <source>Writes routes and stops for navigation devices</source>
        <translation>將路線與站點寫成導航裝置可用的檔案</translation>
    </message>
    <message>
        <source>Routes as Geo&amp;JSON…</source>
        <translation>路線匯出為 GeoJSON(&amp;J)…</translation>
    </message>
    <message>
        <source>Writes routes and stops for other maps</source>
        <translation>將路線與站點寫成其他地圖可用的檔案</translation>
    </message>
    <message>
        <source>Plan as a workbook</source>
        <translation>計畫活頁簿</translation>
    </message>
    <message>
        <source>Stops as CSV</source>
        <translation>站點 CSV</translation>
    </message>
    <message>
        <source>Map in one file</source>
        <translation>單檔地圖</translation>
    </message>
    <message>
        <source>Routes as GPX</source>
        <translation>GPX 路線</translation>
    </message>
    <message>
        <source>Routes as GeoJSON</source>
        <translation>GeoJSON 路線</translation>
    </message>
    <message>
        <source>Manifests for drivers</source>
        <translation>司機派送單</translation>
    </message>
    <message>
        <source>Load sheets, last stop first</source>
        <translation>裝車單（最後一站先裝）</translation>
    </message>
    <message>
        <source>Staging list of the depot</source>
        <translation>倉庫分貨單</translation>
    </message>
    <message>
        <source>Labels for parcels</source>
        <translation>包裹標籤</translation>
    </message>
    <message>
        <source>Cards: sorry, we missed you</source>
        <translation>未遇卡（很抱歉，未能送達）</translation>
    </message>
    <message>
        <source>Letter (8.5 × 11 in)</source>
        <translation>Letter（8.5 × 11 英吋）</translation>
    </message>
    <message>
        <source>4 × 6 in</source>
        <translation>4 × 6 英吋</translation>
    </message>
    <message>
        <source>Only what has changed since the last print</source>
        <translation>只印上次列印後有變更的路線</translation>
    </message>
    <message>
        <source>Each driver's own</source>
        <translation>各司機自己的語言</translation>
    </message>
    <message>
        <source>Language of the papers</source>
        <translation>紙本語言</translation>
    </message>
    <message>
        <source>Size of the paper</source>
        <translation>紙張大小</translation>
    </message>
    <message>
        <source>Routes on the paper</source>
        <translation>要列印的路線</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>紙本</translation>
    </message>
    <message>
        <source>Tick all routes</source>
        <translation>勾選所有路線</translation>
    </message>
    <message>
        <source>Tick no route</source>
        <translation>取消勾選所有路線</translation>
    </message>
    <message>
        <source>Papers to hand over</source>
        <translation>交班紙本</translation>
    </message>
    <message>
        <source>Pages of the paper</source>
        <translation>紙本頁面</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>列印…</translation>
    </message>
    <message>
        <source>Save as PDF…</source>
        <translation>另存 PDF…</translation>
    </message>
    <message>
        <source>Save for a label printer (ZPL)…</source>
        <translation>存成標籤機檔（ZPL）…</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>開啟資料夾</translation>
    </message>
    <message>
        <source>Making the paper…</source>
        <translation>正在產生紙本…</translation>
    </message>
    <message>
        <source>Nothing has changed since the last print.</source>
        <translation>上次列印後沒有變更。</translation>
    </message>
    <message>
        <source>Tick a route.</source>
        <translation>請勾選路線。</translation>
    </message>
    <message>
        <source>Printing</source>
        <translation>列印中</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>另存 PDF</translation>
    </message>
    <message>
        <source>Save for a label printer</source>
        <translation>存成標籤機檔</translation>
    </message>
    <message>
        <source>None</source>
        <translation>全不選</translation>
    </message>
    <message>
        <source>Escape leaves everything as it is.</source>
        <translation>按 Esc 則一切維持原狀。</translation>
    </message>
    <message>
        <source>Paper size</source>
        <translation>紙張大小</translation>
    </message>
    <message>
        <source>Name of the version</source>
        <translation>版本名稱</translation>
    </message>
    <message>
        <source>What it is for; may stay empty</source>
        <translation>用途說明，可留空</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>版本比較</translation>
    </message>
    <message>
        <source>The plan goes on from here. You can come back to this version, compare it, or take single routes from it.</source>
        <translation>計畫由此繼續。您可以隨時回到這個版本、拿它比較，或只取用其中幾條路線。</translation>
    </message>
    <message>
        <source>Keep this version</source>
        <translation>保存這個版本</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>Rename the version</source>
        <translation>重新命名版本</translation>
    </message>
    <message>
        <source>Names of one day differ from each other.</source>
        <translation>同一天的版本名稱不可重複。</translation>
    </message>
    <message>
        <source>All counted, against A</source>
        <translation>整體（與 A 相比）</translation>
    </message>
    <message>
        <source>Cost of driving</source>
        <translation>行駛成本</translation>
    </message>
    <message>
        <source>Minutes late</source>
        <translation>遲到時間</translation>
    </message>
    <message>
        <source>Promises not kept</source>
        <translation>無法兌現的承諾</translation>
    </message>
    <message>
        <source>Hours on the road</source>
        <translation>在途時數</translation>
    </message>
    <message>
        <source>Drivers used</source>
        <translation>出車司機</translation>
    </message>
    <message>
        <source>Stops moved</source>
        <translation>移動站點</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>指標</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>相同</translation>
    </message>
    <message>
        <source>differ</source>
        <translation>不同</translation>
    </message>
    <message>
        <source>not driven</source>
        <translation>未出車</translation>
    </message>
    <message>
        <source>Plan now</source>
        <translation>目前計畫</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>提案</translation>
    </message>
    <message>
        <source>On the table, not applied yet</source>
        <translation>提案中，尚未套用</translation>
    </message>
    <message>
        <source>No version of it was kept yet</source>
        <translation>尚未保存任何版本</translation>
    </message>
    <message>
        <source>the plan grew out of it</source>
        <translation>目前計畫由此而來</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>取用</translation>
    </message>
    <message>
        <source>There is no plan yet. Once there is one, keep it here under a name before you try something else.</source>
        <translation>還沒有計畫。有了計畫之後，可在嘗試其他做法前先在此命名保存。</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>指標</translation>
    </message>
    <message>
        <source>Stops that differ</source>
        <translation>不同的站點</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>取用此版本</translation>
    </message>
    <message>
        <source>Take route</source>
        <translation>取用此路線</translation>
    </message>
    <message>
        <source>&amp;Versions</source>
        <translation>版本(&amp;V)</translation>
    </message>
    <message>
        <source>Choose a version first: G, V opens their list.</source>
        <translation>請先選擇版本：按 G、V 開啟版本清單。</translation>
    </message>
    <message>
        <source>Keep this version…</source>
        <translation>保存這個版本…</translation>
    </message>
    <message>
        <source>Keeps the plan as it is under a name, before something else is tried</source>
        <translation>在嘗試其他做法前，將目前計畫命名保存</translation>
    </message>
    <message>
        <source>List of versions</source>
        <translation>版本清單</translation>
    </message>
    <message>
        <source>Shows what was kept of the plan, as a tree, and puts the keyboard there</source>
        <translation>以樹狀列出已保存的計畫版本，並將鍵盤焦點移到該處</translation>
    </message>
    <message>
        <source>Compare versions</source>
        <translation>比較版本</translation>
    </message>
    <message>
        <source>Two to four plans side by side: the ticked ones, else the chosen one with the plan as it is</source>
        <translation>並列比較二至四個計畫：勾選的版本，或所選版本與目前計畫</translation>
    </message>
    <message>
        <source>Take the version</source>
        <translation>取用版本</translation>
    </message>
    <message>
        <source>Makes the chosen version the plan, as one step that can be undone; what cannot be taken is said</source>
        <translation>以所選版本作為計畫，可一步復原；無法沿用的部分會加以說明</translation>
    </message>
    <message>
        <source>Take the route from the version</source>
        <translation>從版本取用路線</translation>
    </message>
    <message>
        <source>Takes the route that is chosen in the comparison from the version on top; the other routes lose only what it brings</source>
        <translation>從上層版本取用比較中所選的路線；其他路線只移出被取用的站點</translation>
    </message>
    <message>
        <source>Compare versions and choose a route there first.</source>
        <translation>請先比較版本，並在其中選擇路線。</translation>
    </message>
    <message>
        <source>Take the version and commit…</source>
        <translation>取用版本並確認…</translation>
    </message>
    <message>
        <source>Takes the version on top of the comparison and opens the sheet of the commit</source>
        <translation>取用比較中的上層版本，並開啟確認視窗</translation>
    </message>
    <message>
        <source>Compare versions first.</source>
        <translation>請先比較版本。</translation>
    </message>
    <message>
        <source>Rename the version…</source>
        <translation>重新命名版本…</translation>
    </message>
    <message>
        <source>Gives the chosen version another name, or a note</source>
        <translation>變更所選版本的名稱或備註</translation>
    </message>
    <message>
        <source>Forget the version</source>
        <translation>刪除版本</translation>
    </message>
    <message>
        <source>Takes the chosen version out of the list; Undo brings it back</source>
        <translation>將所選版本移出清單；可復原</translation>
    </message>
    <message>
        <source>Versions of the plan</source>
        <translation>計畫版本</translation>
    </message>
    <message>
        <source>Shows or hides what was kept of the plan</source>
        <translation>顯示或隱藏已保存的計畫版本</translation>
    </message>
    <message>
        <source>&amp;Why, and what would help…</source>
        <translation>為什麼？怎麼辦？(&amp;W)…</translation>
    </message>
    <message>
        <source>Says why the order is where it is or in no route, and offers the smallest changes that would help, with their price</source>
        <translation>說明訂單為何排在這裡或排不進路線，並提出最小的改法與代價</translation>
    </message>
    <message>
        <source>Why, and what would help</source>
        <translation>為什麼？怎麼辦？</translation>
    </message>
    <message>
        <source>Looking for what would help…</source>
        <translation>正在尋找辦法…</translation>
    </message>
    <message>
        <source>What every vehicle would make of it</source>
        <translation>每輛車的情況</translation>
    </message>
    <message>
        <source>Looking at the next days…</source>
        <translation>正在查看之後幾天…</translation>
    </message>
    <message>
        <source>It stands well where it is: nothing that was tried saves enough to be named.</source>
        <translation>目前的位置很好：試過的改法都省不了多少。</translation>
    </message>
    <message>
        <source>Nothing that was tried makes room for it on this day.</source>
        <translation>試過的改法當天都排不進去。</translation>
    </message>
    <message>
        <source>Each of these was tried: no other rule is broken by it, and one undo takes it back.</source>
        <translation>每個辦法都試算過：不會違反其他規則，復原一次即可取消。</translation>
    </message>
    <message>
        <source>What would help</source>
        <translation>怎麼辦</translation>
    </message>
    <message>
        <source>Why here, why not there?</source>
        <translation>為何在這裡？為何不在別處？</translation>
    </message>
    <message>
        <source>What stands against it on every vehicle</source>
        <translation>每輛車排不進去的原因</translation>
    </message>
    <message>
        <source>Do this</source>
        <translation>就這樣做</translation>
    </message>
    <message>
        <source>Key {key}</source>
        <translation>按鍵 {key}</translation>
    </message>
    <message>
        <source>concerns nobody else</source>
        <translation>不影響其他人</translation>
    </message>
    <message>
        <source>At</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>More</source>
        <translation>多花</translation>
    </message>
    <message>
        <source>More than the plan as it is</source>
        <translation>比目前計畫多出的費用</translation>
    </message>
    <message>
        <source>What stands against it</source>
        <translation>不行的原因</translation>
    </message>
    <message>
        <source>stands here now</source>
        <translation>目前在這裡</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>沒有</translation>
    </message>
    <message>
        <source>Dearest stops</source>
        <translation>最貴的站點</translation>
    </message>
    <message>
        <source>Looking for the nearest street…</source>
        <translation>正在尋找最近的街道…</translation>
    </message>
    <message>
        <source>No street near it can be reached.</source>
        <translation>附近沒有到得了的街道。</translation>
    </message>
    <message>
        <source>No room without a broken rule on the next three days.</source>
        <translation>之後三天也都排不進去（不違反規則的話）。</translation>
    </message>
    <message>
        <source>Break {number}</source>
        <translation>休息 {number}</translation>
    </message>
    <message>
        <source>Begins at the earliest</source>
        <translation>最早開始</translation>
    </message>
    <message>
        <source>Begins at the latest</source>
        <translation>最晚開始</translation>
    </message>
    <message>
        <source>Length of the break</source>
        <translation>休息長度</translation>
    </message>
    <message>
        <source>Starts</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Overtime allowed</source>
        <translation>可加班</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>最多</translation>
    </message>
    <message>
        <source>Longest working time</source>
        <translation>最長工時</translation>
    </message>
    <message>
        <source>Times it may load again</source>
        <translation>可再裝貨次數</translation>
    </message>
    <message>
        <source>Ends at the last stop</source>
        <translation>在最後一站收工</translation>
    </message>
    <message>
        <source>Working time</source>
        <translation>工時</translation>
    </message>
    <message>
        <source>Loads again</source>
        <translation>再裝貨</translation>
    </message>
    <message>
        <source>times at the depot</source>
        <translation>次（回站）</translation>
    </message>
    <message>
        <source>starts at a place of their own</source>
        <translation>從自己的地點出發</translation>
    </message>
    <message>
        <source>ends at a place of their own</source>
        <translation>在自己的地點收工</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分</translation>
    </message>
    <message>
        <source>Also on this many following days</source>
        <translation>接下來幾天也適用</translation>
    </message>
    <message>
        <source>Add a shift</source>
        <translation>新增班次</translation>
    </message>
    <message>
        <source>Also on the next</source>
        <translation>接下來</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天也適用</translation>
    </message>
    <message>
        <source>Remove the shift</source>
        <translation>移除班次</translation>
    </message>
    <message>
        <source>Call in sick…</source>
        <translation>司機請病假…</translation>
    </message>
    <message>
        <source>Hands the route over to others</source>
        <translation>把這條路線交給別人</translation>
    </message>
    <message>
        <source>Nothing changes for the plan.</source>
        <translation>計畫不受影響。</translation>
    </message>
    <message>
        <source>On shift</source>
        <translation>值班</translation>
    </message>
    <message>
        <source>Off shift</source>
        <translation>未值班</translation>
    </message>
    <message>
        <source>Sort the routes</source>
        <translation>路線排序</translation>
    </message>
    <message>
        <source>Lower rows</source>
        <translation>較低的列高</translation>
    </message>
    <message>
        <source>Drivers off shift</source>
        <translation>未值班的司機</translation>
    </message>
    <message>
        <source>Enter or a double click adds a shift</source>
        <translation>按 Enter 或按兩下即可新增班次</translation>
    </message>
    <message>
        <source>Change the shift…</source>
        <translation>變更班次…</translation>
    </message>
    <message>
        <source>Vehicle, driver, hours and breaks of the route in view; the effect is shown before it is saved</source>
        <translation>目前路線的車輛、司機、時間與休息；儲存前先顯示影響</translation>
    </message>
    <message>
        <source>Add a shift…</source>
        <translation>新增班次…</translation>
    </message>
    <message>
        <source>Another driver with a vehicle on this day</source>
        <translation>為這一天再加一位司機與車輛</translation>
    </message>
    <message>
        <source>Import the fleet first.</source>
        <translation>請先匯入車隊。</translation>
    </message>
    <message>
        <source>Driver calls in sick…</source>
        <translation>司機請病假…</translation>
    </message>
    <message>
        <source>Hands all stops of the route in view over to one or two others, in the same order</source>
        <translation>把目前路線的所有站點依原順序交給一或兩位司機</translation>
    </message>
    <message>
        <source>Takes the driver of the route in view off the day; the stops go to the pool</source>
        <translation>把目前路線的司機從這一天移除；站點回到待派</translation>
    </message>
    <message>
        <source>By number</source>
        <translation>依編號</translation>
    </message>
    <message>
        <source>Late first</source>
        <translation>遲到優先</translation>
    </message>
    <message>
        <source>Fullest first</source>
        <translation>最滿優先</translation>
    </message>
    <message>
        <source>Back last first</source>
        <translation>最晚回站優先</translation>
    </message>
    <message>
        <source>Load {share}</source>
        <translation>載量 {share}</translation>
    </message>
</context>
</TS>
